import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, run } from '../packed-packages.mjs';

const packages = join(import.meta.dirname, '../../..');

/** What was imported and what was required, in one program. */
export function checkIdentity({ folder }) {
  // The optional peer, which some providers need and nothing else does.
  const peer = '@noble/hashes';
  const { version } = readJson(packages, 'providers/node_modules', peer, 'package.json');
  run(folder, 'npm', ['install', '--no-save', '--no-audit', '--no-fund', `${peer}@${version}`]);
  cpSync(join(packages, 'conformance/consumer/identity.mjs'), join(folder, 'identity.mjs'));
  run(folder, 'node', ['identity.mjs', join(packages, 'providers/test/samples')]);
  return 'what is imported and what is required work together, with every provider';
}
