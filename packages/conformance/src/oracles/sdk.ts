import { existsSync } from 'node:fs';
import { load } from '../../oracles/load.mjs';

const folder = new URL('../../oracles/node_modules/', import.meta.url);

/** Whether a vendor's SDK is there: `npm run oracles:install` fetches them all. */
export const isInstalled = (name: string): boolean => existsSync(new URL(`${name}/package.json`, folder));

/** A vendor's SDK, as its package has it: untyped, since it need not be there. */
// biome-ignore lint/suspicious/noExplicitAny: an SDK that need not be there has no type here.
export async function sdk(name: string): Promise<any> {
  const loaded = await load(name);
  return loaded.default && Object.keys(loaded).length === 1 ? loaded.default : loaded;
}
