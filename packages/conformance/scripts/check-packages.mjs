// Meets the packed packages as a user does: linted, installed, imported, required, type-checked. Needs a build, and the
// tools. Arguments: the checks to run; without any, all.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { checkAudit } from './checks/audit.mjs';
import { checkContents } from './checks/contents.mjs';
import { checkDependencies } from './checks/dependencies.mjs';
import { checkIdentity } from './checks/identity.mjs';
import { checkLint } from './checks/lint.mjs';
import { checkLoading } from './checks/loading.mjs';
import { checkSizes } from './checks/sizes.mjs';
import { checkTypes } from './checks/types.mjs';
import { installPackages, packPackages, published, readJson } from './packed-packages.mjs';

const checks = {
  contents: checkContents,
  dependencies: checkDependencies,
  lint: checkLint,
  loading: checkLoading,
  sizes: checkSizes,
  identity: checkIdentity,
  types: checkTypes,
  audit: checkAudit,
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

/** Package → what can be imported of it: '.', './node'. */
const entries = new Map(
  published.map(({ folder, manifest }) => [manifest.name, subpaths(folder, manifest.publishConfig)]),
);
const modules = [...entries].flatMap(([name, paths]) => paths.map((path) => name + path.slice(1)));

/** What a user brings along, in the versions that this workspace tests. */
const brought = ['express', 'koa', 'hono', 'pg', '@koa/router', '@hono/node-server'].concat(
  ['express', 'koa', 'node', 'pg'].map((name) => `@types/${name}`),
);
const others = Object.fromEntries(
  brought.map((name) => [
    name,
    readJson(import.meta.dirname, '../node_modules', name, 'package.json').version,
  ]),
);

const [, , ...asked] = process.argv;
const folder = mkdtempSync(join(tmpdir(), 'countersign-packages-'));
try {
  const packed = packPackages(folder);
  installPackages(folder, packed, others);
  for (const name of asked.length > 0 ? asked : Object.keys(checks)) {
    console.log(`${name}: ${await checks[name]({ folder, packed, entries, modules })}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
