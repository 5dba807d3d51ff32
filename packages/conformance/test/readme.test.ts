import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');

const packages = new URL('../../', import.meta.url);
const published = readdirSync(packages).filter(
  (name) => !JSON.parse(readFileSync(new URL(`${name}/package.json`, packages), 'utf8')).private,
);
const documents = ['README.md', ...published.map((name) => `packages/${name}/README.md`)];

/** Whole programs, in the order in which they stand. */
const snippets = (await Promise.all(documents.map((path) => readFile(join(root, path), 'utf8')))).flatMap(
  (text) => [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code as string),
);

let folder: string;

beforeAll(async () => {
  // Inside the package, so that its dependencies are found.
  folder = await mkdtemp(join(import.meta.dirname, '.readme-'));
  await Promise.all(snippets.map((code, at) => writeFile(join(folder, `snippet-${at + 1}.ts`), code)));
  const config = { extends: join(root, 'tsconfig.json'), include: ['*.ts'] };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it('has snippets', () => {
  expect(snippets.length).toBeGreaterThanOrEqual(7 + published.length);
});

it('shows only code that compiles', async () => {
  const tsc = join(root, 'node_modules/.bin/tsc');
  const report = await run(tsc, ['-p', folder]).then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  );
  expect(report).toBe('');
});

it('names every error code, and no other', async () => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const source = await readFile(join(root, 'packages/core/src/errors.ts'), 'utf8');
  const codes = (text: string): string[] =>
    [...new Set(text.match(/\bERR_WEBHOOK_(?!CONFIG)[A-Z_]+\b/g))].sort();
  expect(codes(readme)).toEqual(codes(source));
});
