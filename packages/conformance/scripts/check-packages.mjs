// Meets the packed packages as a user does: linted, installed, imported, required, type-checked. Needs a build.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { installPackages, packPackages, published, readJson, run } from './packed-packages.mjs';

/** './*' stands for every module that it reaches in dist. */
const subpaths = (folder, { exports }) =>
  Object.entries(exports)
    .filter(([key, target]) => target !== null && key !== './package.json')
    .flatMap(([key]) =>
      key === './*'
        ? readdirSync(join(folder, 'dist')).flatMap((file) =>
            file.endsWith('.js') ? `./${basename(file, '.js')}` : [],
          )
        : key,
    );

const entries = new Map(
  published.map(({ folder, manifest }) => [manifest.name, subpaths(folder, manifest.publishConfig)]),
);
const modules = [...entries].flatMap(([name, paths]) => paths.map((path) => name + path.slice(1)));

const scratch = mkdtempSync(join(tmpdir(), 'countersign-packages-'));
const write = (name, text) => writeFileSync(join(scratch, name), text);
try {
  const packed = packPackages(scratch);
  for (const { name, tarball } of packed) {
    run(scratch, 'publint', ['--strict', tarball]);
    run(scratch, 'attw', ['--profile', 'node16', '--entrypoints', ...entries.get(name), '--', tarball]);
    console.log(`${name}: publint and attw find nothing`);
  }

  // What a user brings along, in the versions that this workspace tests.
  const others = {};
  for (const name of ['express', 'koa', 'hono', '@types/express', '@types/koa', '@types/node']) {
    others[name] = readJson(import.meta.dirname, '../node_modules', name, 'package.json').version;
  }
  installPackages(scratch, packed, others);

  const use = (load) => `for (const name of ${JSON.stringify(modules)}) {
    if (Object.keys(${load}(name)).length === 0) throw new Error(name + ' exports nothing');
  }`;
  write('use.mjs', use('await import'));
  write('use.cjs', use('require'));
  for (const file of ['use.mjs', 'use.cjs']) {
    run(scratch, 'node', [file]);
    run(scratch, 'node', ['--conditions=workerd', file]); // the WebCrypto branch of #crypto
  }

  const types = modules.map((name, index) => `export * as m${index} from '${name}';\n`).join('');
  write('types.mts', types);
  write('types.cts', types);
  // Library files are checked too, without the DOM's types; errors inside other packages are theirs (@types/koa has some).
  const tsc = [
    '--noEmit',
    '--strict',
    '--target',
    'es2022',
    '--lib',
    'es2022',
    '--module',
    'nodenext',
    '--types',
    'node',
  ];
  run(scratch, 'tsc', [...tsc, 'types.mts', 'types.cts'], (output) => /^types\.|@countersign/m.test(output));
  console.log(`${modules.length} modules import, require and type-check`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
