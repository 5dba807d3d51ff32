import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What a tarball is made of. */
const BELONGS = /^(?:LICENSE|README\.md|package\.json|dist\/[\w./-]+\.(?:c?js|d\.c?ts))$/;
const NEEDED = ['LICENSE', 'README.md', 'package.json'];

/** What runs on the user's machine when he installs. */
const INSTALL_SCRIPTS = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
];

const filesOf = (root) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1));

/** The files that `exports` and `imports` name; a pattern stands for one that is there. */
const targets = (map) =>
  typeof map === 'string' ? [map] : Object.values(map ?? {}).flatMap((each) => targets(each));

/** Everything that is wrong with one package, as it was unpacked. */
function faultsOf(root) {
  const files = filesOf(root);
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  const manifest = JSON.parse(text);
  const { exports, imports, scripts = {}, sideEffects, type, license, engines } = manifest;
  const missing = [...targets(exports), ...targets(imports)].filter(
    (path) => !path.includes('*') && !existsSync(join(root, path)),
  );
  return [
    ...files.filter((file) => !BELONGS.test(file)).map((file) => `${file} does not belong into it`),
    ...NEEDED.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
    ...missing.map((path) => `${path} is named in the manifest and missing`),
    ...['workspace:', 'catalog:'].flatMap((word) => (text.includes(word) ? `the manifest says ${word}` : [])),
    ...(JSON.stringify([exports, imports]).includes('@countersign/source') ? ['it exports its sources'] : []),
    ...INSTALL_SCRIPTS.flatMap((name) => (name in scripts ? `it has the script ${name}` : [])),
    ...(sideEffects === false ? [] : ['sideEffects is not false']),
    ...(type === 'module' && license === 'MIT' && engines.node === '>=20.19'
      ? []
      : ['type, license or engines are not those of the others']),
  ];
}

/** What the tarballs hold, and what not. */
export function checkContents({ folder, packed }) {
  const lines = packed.map(({ name, tarball }) => {
    const root = join(folder, 'node_modules', name);
    const faults = faultsOf(root);
    if (faults.length > 0) throw new Error(`${name}:\n  ${faults.join('\n  ')}`);
    const unpacked = filesOf(root).reduce((sum, file) => sum + statSync(join(root, file)).size, 0);
    const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
    return `\n  ${name.padEnd(26)}${kB(statSync(tarball).size).padStart(8)} packed${kB(unpacked).padStart(10)} unpacked`;
  });
  return `nothing is missing, and nothing too much${lines.join('')}`;
}
