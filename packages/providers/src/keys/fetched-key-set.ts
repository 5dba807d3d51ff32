import { fetcherOf } from './fetcher-of.ts';
import { createKeySet, type KeySet } from './key-set.ts';
import type { FetchRules } from './pinned-fetch.ts';

/** A set of keys at one address, which is all that is ever fetched. */
export function fetchedKeySet<Key>(
  address: string,
  rules: Omit<FetchRules, 'hosts' | 'path' | 'query' | 'absent'> & {
    /** ms for which the set is kept. */
    readonly ttl?: number;
  },
  read: (text: string) => ReadonlyMap<string, Key> | Promise<ReadonlyMap<string, Key>>,
): KeySet<Key> {
  const { hostname, pathname } = new URL(address);
  const path = new RegExp(`^${pathname.replace(/[^\w/-]/g, '\\$&')}$`);
  const fetch = fetcherOf({ ...rules, hosts: [hostname], path, absent: [] }, read);
  const { ttl } = rules;
  return createKeySet({
    load: async () => (await fetch(address)) as ReadonlyMap<string, Key>,
    ...(ttl !== undefined && { ttl }),
  });
}
