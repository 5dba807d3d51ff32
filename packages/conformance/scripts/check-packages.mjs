// Meets the packed packages as a user does: linted, installed, imported, required, type-checked. Needs a build.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const packages = join(import.meta.dirname, '../..');
const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));

/** Silent unless it fails in a way that counts. */
const run = (cwd, command, args, counts = () => true) => {
  const { error, status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  const output = String(error ?? stdout + stderr);
  if (status !== 0 && counts(output)) throw new Error(`${command} ${args.join(' ')}\n${output}`);
};

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

const published = readdirSync(packages)
  .map((name) => ({ folder: join(packages, name), manifest: readJson(packages, name, 'package.json') }))
  .filter(({ manifest }) => !manifest.private)
  .map((it) => ({ ...it, subpaths: subpaths(it.folder, it.manifest.publishConfig) }));
const modules = published.flatMap(({ manifest, subpaths }) =>
  subpaths.map((path) => manifest.name + path.slice(1)),
);

const scratch = mkdtempSync(join(tmpdir(), 'countersign-packages-'));
const write = (name, text) => writeFileSync(join(scratch, name), text);
try {
  const dependencies = {};
  for (const { folder, manifest, subpaths } of published) {
    const tarball = join(scratch, `${manifest.name.slice(1).replace('/', '-')}-${manifest.version}.tgz`);
    dependencies[manifest.name] = `file:${tarball}`;
    run(folder, 'pnpm', ['pack', '--pack-destination', scratch]);
    run(scratch, 'publint', ['--strict', tarball]);
    run(scratch, 'attw', ['--profile', 'node16', '--entrypoints', ...subpaths, '--', tarball]);
    console.log(`${manifest.name}: publint and attw find nothing`);
  }

  // What a user brings along, in the versions that this workspace tests.
  for (const name of ['express', 'koa', 'hono', '@types/express', '@types/koa', '@types/node']) {
    dependencies[name] = readJson(import.meta.dirname, '../node_modules', name, 'package.json').version;
  }
  write('package.json', JSON.stringify({ private: true, type: 'module', dependencies }));
  run(scratch, 'npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock']);

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
