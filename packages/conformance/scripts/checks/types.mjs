import { execFile } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const conformance = join(import.meta.dirname, '../..');
const root = join(conformance, '../..');

const compilers = {
  5.7: join(conformance, 'tools/node_modules/typescript-5.7/bin/tsc'),
  5.9: join(conformance, 'tools/node_modules/typescript-5.9/bin/tsc'),
  '6.0': join(conformance, 'tools/node_modules/typescript/bin/tsc'),
  '7.0': join(root, 'node_modules/@typescript/native/bin/tsc'),
};

const NODE = { module: 'nodenext' };
const BUNDLER = { module: 'preserve', moduleResolution: 'bundler' };

/** What runs where there is no Node; the rest needs its types. */
const isPortable = (name) => /^@countersign\/(?:core$|providers|hono|redis|cloudflare)/.test(name);

/** Node alone, with a worker's library (before 6.0 its streams have no iterator), with a browser's; and no Node at all. */
const projects = {
  'nodenext, Node': {
    options: { ...NODE, lib: ['es2022'], types: ['node'] },
    include: ['modules.mts', 'modules.cts', 'program.mts', 'snippet-*.mts'],
  },
  'nodenext, worker': {
    options: { ...NODE, lib: ['es2022', 'webworker'], types: ['node'] },
    include: ['program.mts'],
  },
  'bundler, DOM': {
    options: { ...BUNDLER, lib: ['es2022', 'dom'], types: ['node'] },
    include: ['modules.mts', 'program.mts'],
  },
  'bundler, edge': {
    options: { ...BUNDLER, lib: ['es2022', 'webworker'], types: [] },
    include: ['edge.mts'],
  },
};

const strict = {
  noEmit: true,
  strict: true,
  target: 'es2022',
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  // The packages' declarations are checked, and not what TypeScript brings itself.
  skipDefaultLibCheck: true,
};

/** The READMEs' own programs. */
const snippets = ['README.md', 'packages/core/README.md', 'packages/providers/README.md'].flatMap((path) =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code),
);

/** Library files are checked too; what is wrong inside other packages is theirs (@types/koa has some). */
const isOurs = (line) => /error TS/.test(line) && !/node_modules\/(?!@countersign\/)/.test(line);

async function compile(folder, [version, compiler], [name, { options, include }]) {
  const config = `tsconfig.${version}-${name.replace(/\W+/g, '-')}.json`;
  writeFileSync(
    join(folder, config),
    JSON.stringify({ compilerOptions: { ...strict, ...options }, include }),
  );
  const output = await run('node', [compiler, '-p', config, '--pretty', 'false'], {
    cwd: folder,
    maxBuffer: 1e8,
  }).then(
    ({ stdout }) => stdout,
    // Without its text there is no compiler: that is not to pass for silence.
    (error) => error.stdout || Promise.reject(error),
  );
  const faults = output.split('\n').filter(isOurs);
  if (faults.length > 0) throw new Error(`TypeScript ${version}, ${name}:\n${faults.join('\n')}`);
}

/** The declarations, and programs that use them, under every TypeScript. */
export async function checkTypes({ folder, modules }) {
  const list = (names) => names.map((name, at) => `export * as m${at} from '${name}';\n`).join('');
  writeFileSync(join(folder, 'modules.mts'), list(modules));
  writeFileSync(join(folder, 'modules.cts'), list(modules));
  writeFileSync(join(folder, 'edge.mts'), list(modules.filter(isPortable)));
  for (const file of ['program.mts', 'required.cts'])
    cpSync(join(conformance, 'consumer', file), join(folder, file));
  for (const [at, code] of snippets.entries()) writeFileSync(join(folder, `snippet-${at + 1}.mts`), code);

  const left = Object.entries(compilers).flatMap((compiler) =>
    Object.entries(projects).map((project) => [compiler, project]),
  );
  const count = left.length;
  const worker = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) await compile(folder, ...next);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return `${modules.length} modules, a program and ${snippets.length} snippets compile under TypeScript ${Object.keys(compilers).join(', ')}, in ${count} projects`;
}
