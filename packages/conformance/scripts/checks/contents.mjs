import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../packed-packages.mjs';

const root = join(import.meta.dirname, '../../../..');

/** What a tarball is made of. */
const BELONGS = /^(?:LICENSE|README\.md|package\.json|dist\/[\w./-]+\.(?:c?js|d\.c?ts))$/;
const NEEDED = ['LICENSE', 'README.md', 'package.json'];

/** What every manifest says. */
const SAID = { license: 'MIT', type: 'module', sideEffects: false };

const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));

/** The files that `exports` and `imports` name; a pattern stands for one that is there. */
const targets = (map) =>
  typeof map === 'string' ? [map] : Object.values(map ?? {}).flatMap((each) => targets(each));

/** Everything that is wrong with one package, as it was unpacked. */
function faultsOf(unpacked) {
  const files = filesOf(unpacked);
  const text = readFileSync(join(unpacked, 'package.json'), 'utf8');
  const manifest = JSON.parse(text);
  const { exports, imports } = manifest;
  const missing = [...targets(exports), ...targets(imports)].filter(
    (path) => !path.includes('*') && !existsSync(join(unpacked, path)),
  );
  const words = ['workspace:', 'catalog:', './src/'].filter((word) => text.includes(word));
  const unsaid = Object.keys(SAID).filter((field) => manifest[field] !== SAID[field]);
  return [
    ...files.filter((file) => !BELONGS.test(file)).map((file) => `${file} does not belong into it`),
    ...NEEDED.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
    ...missing.map((path) => `${path} is named in the manifest and missing`),
    ...words.map((word) => `the manifest says ${word}`),
    ...unsaid.map((field) => `the manifest does not say ${field}: ${SAID[field]}`),
  ];
}

/** What the tarballs hold, and what not. */
export function checkContents({ folder, packed }) {
  run(root, 'pnpm', ['-r', 'publish', '--dry-run', '--no-git-checks']);
  const lines = packed.map(({ name, tarball }) => {
    const unpacked = join(folder, 'node_modules', name);
    const faults = faultsOf(unpacked);
    if (faults.length > 0) throw new Error(`${name}:\n  ${faults.join('\n  ')}`);
    const size = filesOf(unpacked).reduce((sum, file) => sum + statSync(join(unpacked, file)).size, 0);
    const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
    return `\n  ${name.padEnd(26)}${kB(statSync(tarball).size).padStart(8)} packed${kB(size).padStart(10)} unpacked`;
  });
  return `nothing is missing, and nothing too much${lines.join('')}`;
}
