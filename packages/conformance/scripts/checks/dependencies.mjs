import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../packed-packages.mjs';

const root = join(import.meta.dirname, '../../../..');
const OURS = '@countersign/';
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];

/** Third parties, as the table of SECURITY.md has them: `name of package, kind`. */
function listed() {
  const [, section] = readFileSync(join(root, 'SECURITY.md'), 'utf8').split('## Dependencies');
  const rows = [...section.matchAll(/^\| `([^`]+)` \| `([^`]+)`(?:, an? ([\w ]+))? \| (.+) \|$/gm)];
  return rows.map(([, name, of, kind = 'dependency', why]) => {
    if (why.length < 5) throw new Error(`SECURITY.md does not say why ${name} is needed`);
    return `${name} of ${of}, ${kind}`;
  });
}

/** The same, as a manifest has them. */
function declared({ name, dependencies, peerDependencies, peerDependenciesMeta, optionalDependencies }) {
  const of = name.slice(OURS.length);
  const peers = Object.keys(peerDependencies ?? {}).map(
    (peer) => `${peer} of ${of}, ${peerDependenciesMeta?.[peer]?.optional ? 'optional peer' : 'peer'}`,
  );
  const own = Object.keys({ ...dependencies, ...optionalDependencies });
  return [
    ...own.filter((each) => !each.startsWith(OURS)).map((each) => `${each} of ${of}, dependency`),
    ...peers,
  ];
}

/** What the packages depend on, and what comes with it. */
export function checkDependencies({ folder, packed }) {
  const manifestOf = (name) => readJson(folder, 'node_modules', name, 'package.json');
  const manifests = packed.map(({ name }) => manifestOf(name));
  const is = manifests.flatMap(declared).sort();
  const said = listed().sort();
  const unlisted = is.filter((each) => !said.includes(each));
  const gone = said.filter((each) => !is.includes(each));
  if (unlisted.length > 0)
    throw new Error(`not among the dependencies of SECURITY.md: ${unlisted.join('; ')}`);
  if (gone.length > 0) throw new Error(`in SECURITY.md, and no dependency: ${gone.join('; ')}`);

  const names = new Set(manifests.flatMap(({ dependencies }) => Object.keys(dependencies ?? {})));
  for (const name of [...names, ...packed.map((each) => each.name)]) {
    const { scripts = {}, dependencies = {} } = manifestOf(name);
    const runs = INSTALL_SCRIPTS.filter((script) => script in scripts);
    const isBuilt = existsSync(join(folder, 'node_modules', name, 'binding.gyp'));
    if (runs.length > 0 || isBuilt) throw new Error(`${name} runs something when it is installed`);
    const more = Object.keys(dependencies).filter((each) => !names.has(each));
    if (more.length > 0) throw new Error(`${name} brings ${more.join(', ')}`);
  }
  return `those that SECURITY.md lists, and no more: ${said.join('; ')}`;
}
