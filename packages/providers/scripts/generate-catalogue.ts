/** Writes src/index.ts and the table of README.md from the provider files; with `--check`, only says what is stale. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isCovered, type Provider } from '@countersign/core';

const root = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const isCheck = process.argv.includes('--check');

const names = readdirSync(new URL('src/', root), { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'index.ts')
  .map(({ name }) => name.slice(0, -3))
  .sort();

const camelCase = (name: string): string =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const index = `/**
 * The catalogue. Import one provider from its own path (\`@countersign/providers/stripe\`) to bundle that one only.
 *
 * @module
 */
${names.map((name) => `export type * from './${name}.ts';\nexport { ${camelCase(name)} } from './${name}.ts';\n`).join('')}`;

const DAY = 86_400;

function span(seconds: number): string {
  if (seconds === 0) return 'never retries';
  if (seconds % DAY === 0) return `${seconds / DAY} d`;
  if (seconds >= 3600) return `${Math.round((seconds / 3600) * 10) / 10} h`;
  return seconds >= 60 ? `${Math.round(seconds / 60)} min` : `${seconds} s`;
}

/** A scheme in a few words: `HMAC-SHA-256`, `token`. */
function schemeText({ rules }: Provider): string {
  const kinds = rules.schemes.map(({ kind, length, algorithm }) => {
    if (kind === 'hmac')
      return `HMAC ${{ 20: 'SHA-1', 32: 'SHA-256', 48: 'SHA-384', 64: 'SHA-512' }[length ?? 0]}`;
    return algorithm?.name === 'ecdsa' ? `ECDSA ${algorithm.curve}` : kind;
  });
  return [...new Set(kinds)].join(', ');
}

function idText({ rules }: Provider): string {
  const [scheme] = rules.schemes;
  if (rules.id.length === 0 || scheme === undefined) return 'no id';
  return rules.id.every(({ source }) => isCovered(scheme, source, 'id')) ? 'yes' : 'no';
}

async function row(name: string): Promise<string> {
  const module = await import(`../src/${name}.ts`);
  const [sample] = JSON.parse(read(`test/samples/${name}.json`));
  const provider: Provider = module[camelCase(name)](sample.options);
  const handshakes = provider.handshakes.map((handshake) => handshake.name).join(', ') || '–';
  const horizon = provider.horizon === undefined ? '–' : span(provider.horizon);
  const link = `[${name}](${provider.docs?.url})`;
  return `| ${link} | ${schemeText(provider)} | ${handshakes} | ${idText(provider)} | ${horizon} | ${provider.status} |`;
}

const START = '<!-- catalogue -->';
const END = '<!-- /catalogue -->';

async function readme(): Promise<string> {
  const rows = await Promise.all(names.map(row));
  const proven = rows.filter((line) => line.endsWith('| proven |')).length;
  const table = `${START}

${rows.length} providers: ${proven} proven, ${rows.length - proven} documented.

| provider | scheme | handshake | id signed? | retries over | proof |
|---|---|---|---|---|---|
${rows.join('\n')}

${END}`;
  const text = read('README.md');
  return text.slice(0, text.indexOf(START)) + table + text.slice(text.indexOf(END) + END.length);
}

const stale: string[] = [];
for (const [path, text] of [
  ['src/index.ts', index],
  ['README.md', await readme()],
] as const) {
  if (read(path) === text) continue;
  stale.push(path);
  if (!isCheck) writeFileSync(new URL(path, root), text);
}
if (isCheck && stale.length > 0) {
  console.error(`${stale.join(' and ')} of packages/providers is stale: npm run catalogue`);
  process.exitCode = 1;
} else {
  console.log(
    `${names.length} providers: ${stale.length === 0 ? 'nothing to do' : `wrote ${stale.join(' and ')}`}`,
  );
}
