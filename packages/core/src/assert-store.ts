import { misconfigured } from './errors.ts';
import type { DedupStore } from './store.ts';
import type { TransactionalStore } from './transactional-store.ts';

/** Whether handlers run inside a transaction of the store. */
export const isTransactional = <Tx>(
  store: DedupStore | TransactionalStore<Tx>,
): store is TransactionalStore<Tx> => 'transaction' in store;

/** What is given in place of a store, told by its methods, and what to give instead. */
const strangers: readonly { readonly has: readonly string[]; readonly instead: string }[] = [
  {
    has: ['getWithMetadata', 'put'],
    instead: 'Cloudflare KV cannot claim a key: take D1 or a Durable Object, from @countersign/cloudflare',
  },
  {
    has: ['prepare', 'batch'],
    instead: 'this is a D1 database: wrap it in d1Store(database), from @countersign/cloudflare',
  },
  {
    has: ['prepare', 'exec'],
    instead: 'this is an SQLite database: wrap it in sqliteStore(database), from @countersign/sqlite',
  },
  {
    has: ['connect', 'query'],
    instead: 'this is a PostgreSQL client: wrap it in postgresStore(pool), from @countersign/postgres',
  },
  {
    has: ['unsafe', 'begin'],
    instead: 'this is a PostgreSQL client: wrap it in postgresStore(sql), from @countersign/postgres',
  },
  {
    has: ['get', 'set', 'eval'],
    instead: 'this is a Redis client: wrap it in redisStore(client), from @countersign/redis',
  },
  {
    has: ['get', 'set'],
    instead:
      'a key-value store (keyv, a Map) cannot claim a key atomically: take redisStore(client) over the same server, from @countersign/redis',
  },
  {
    has: ['get', 'put'],
    instead:
      'a key-value store cannot claim a key atomically: for Cloudflare KV take D1 or a Durable Object, from @countersign/cloudflare',
  },
  {
    has: ['getItem', 'setItem'],
    instead:
      'a key-value store (unstorage) cannot claim a key atomically: take redisStore(client) over the same server, from @countersign/redis',
  },
];

/** A function has methods too: postgres.js is one. */
const hasAll = (store: unknown, methods: readonly string[]): boolean =>
  store != null &&
  methods.every((method) => typeof (store as Record<string, unknown>)[method] === 'function');

/** The verbs of each kind of store. */
const verbs = {
  lease: ['claim', 'complete', 'release', 'extend'],
  transaction: ['transaction', 'fail', 'reject'],
};

/**
 * Refuses what cannot claim a key atomically, and says what can.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION`
 */
export function assertStore<Tx>(store: DedupStore | TransactionalStore<Tx>): void {
  const { atomic, transactional } = store?.capabilities ?? {};
  if (atomic === true && hasAll(store, verbs.lease)) return;
  if (atomic === true && transactional === true && hasAll(store, verbs.transaction)) return;
  const { instead = 'A key-value store cannot be one' } =
    strangers.find(({ has }) => !hasAll(store, ['claim']) && hasAll(store, has)) ?? {};
  throw misconfigured(
    'ERR_WEBHOOK_CONFIG_OPTION',
    `store must be a DedupStore with an atomic claim: memoryStore(), or one of the store packages. ${instead}`,
  );
}
