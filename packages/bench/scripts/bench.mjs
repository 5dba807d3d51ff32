// Installs what the benchmarks alone need, builds them as the packages are built, and runs them:
// `npm run bench`, `npm run bench -- verify endpoints`.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const home = join(import.meta.dirname, '..');
const peers = join(home, 'peers');

function run(command, args, cwd) {
  const { status, signal } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? (signal ? 1 : 0));
}

if (!existsSync(join(peers, 'node_modules'))) {
  run('npx', ['--yes', 'pnpm@12.21.0', 'install', '--frozen-lockfile', '--ignore-scripts'], peers);
}

/** Everything but our own sources is loaded as it was published. */
const publishedApart = {
  name: 'published-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./#]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@countersign/') ? undefined : { path, external: true },
    );
    onResolve({ filter: /peers\/load\.mjs$/ }, () => ({ path: '../peers/load.mjs', external: true }));
  },
};

const entries = ['main', 'verify/web-main', 'endpoints/server'];
// Not by tsx: it gives every closure its name when it is made, which is a good part of what is measured here.
const common = {
  bundle: true,
  // A section is loaded when its turn has come.
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  conditions: ['@countersign/source'],
  outdir: join(home, 'dist'),
  logLevel: 'warning',
  plugins: [publishedApart],
};
const entryPoints = (names) =>
  names.map((name) => ({ in: join(home, 'src', `${name}.ts`), out: name.replace('/', '-') }));

rmSync(common.outdir, { recursive: true, force: true });
await build({ ...common, entryPoints: entryPoints(entries.filter((name) => !name.includes('web'))) });
await build({
  ...common,
  entryPoints: entryPoints(entries.filter((name) => name.includes('web'))),
  alias: { '#crypto': join(home, '../core/src/crypto/web.ts') },
});
run(process.execPath, ['--expose-gc', join(home, 'dist/main.js'), ...process.argv.slice(2)], home);
