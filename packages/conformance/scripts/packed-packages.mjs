// The published packages as a user gets them: packed, and installed from the tarballs. Needs a build.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const packages = join(import.meta.dirname, '../..');

/** Silent unless it fails in a way that counts. */
export const run = (cwd, command, args, counts = () => true) => {
  const { error, status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  const output = String(error ?? stdout + stderr);
  if (status !== 0 && counts(output)) throw new Error(`${command} ${args.join(' ')}\n${output}`);
};

export const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));

export const published = readdirSync(packages)
  .map((name) => ({ folder: join(packages, name), manifest: readJson(packages, name, 'package.json') }))
  .filter(({ manifest }) => !manifest.private);

/** Packs every published package into a folder. */
export const packPackages = (into) =>
  published.map(({ folder, manifest: { name, version } }) => {
    run(folder, 'pnpm', ['pack', '--pack-destination', into]);
    return { name, tarball: join(into, `${name.slice(1).replace('/', '-')}-${version}.tgz`) };
  });

/** Installs what was packed into a folder, with what a user brings along: name → version. */
export const installPackages = (folder, packed, others) => {
  const tarballs = packed.map(({ name, tarball }) => [name, `file:${tarball}`]);
  const dependencies = { ...Object.fromEntries(tarballs), ...others };
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  );
  run(folder, 'npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock']);
};
