import { type DedupStore, misconfigured, type StoreOperation } from '@countersign/core';
import { readClaim, readVerdict } from './read-reply.ts';
import { type RedisClient, toScriptClient } from './redis-client.ts';
import { runScript } from './run-script.ts';
import { scripts } from './scripts.ts';

/** Where the keys stand. */
export interface RedisStoreOptions {
  /** Stands before every key. Default `countersign:`. */
  readonly prefix?: string;
}

/** ms, about 300 years: beyond it a script would write its numbers in another form. */
const LONGEST = 1e13;

const wholeMs = (ms: number): string => String(Math.min(Math.max(Math.ceil(ms), 1), LONGEST));

/** One line, or none for what is not there. */
const line = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value));

/**
 * Remembers deliveries in Redis, Valkey or Upstash, for all processes that use the server. One key a delivery, one
 * script a verb, and the server's own countdown as the only clock. What the server loses (a failover, a crash between
 * two syncs of its log, an eviction) is forgotten here too, and may run again.
 *
 * The client stays yours: connect it before, listen to its errors, close it after.
 *
 * @param client of ioredis, iovalkey, redis (node-redis 4 or later) or @upstash/redis
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for another client, or a prefix that is no text
 * @example
 * ```ts
 * import { Redis } from 'ioredis';
 *
 * const receiver = createReceiver(provider, { store: redisStore(new Redis()) });
 * ```
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): DedupStore {
  const { prefix = 'countersign:' } = options;
  if (typeof prefix !== 'string') throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', 'prefix must be a string');
  const scriptClient = toScriptClient(client);

  const run = (verb: keyof typeof scripts, key: string, args: string[], operation?: StoreOperation) =>
    runScript(scriptClient, scripts[verb], prefix + key, args, operation?.signal);

  return {
    name: 'redis',
    capabilities: { atomic: true, shared: true, durable: 'async', clock: 'server' },
    async claim(key, { token, leaseMs, retentionMs, fingerprint }, operation) {
      const args = [line(token), wholeMs(leaseMs), wholeMs(retentionMs), line(fingerprint)];
      return readClaim(await run('claim', key, args, operation));
    },
    async complete(key, { token, retentionMs, outcome = 'ok', response }, operation) {
      const answer = response === undefined ? '' : `\n${line(response)}`;
      const args = [line(token), wholeMs(retentionMs), outcome, answer];
      return readVerdict(await run('complete', key, args, operation));
    },
    async release(key, { token, retentionMs }, operation) {
      return readVerdict(await run('release', key, [line(token), wholeMs(retentionMs)], operation));
    },
    async extend(key, { token, leaseMs }, operation) {
      return readVerdict(await run('extend', key, [line(token), wholeMs(leaseMs)], operation));
    },
    async forget(key) {
      return readVerdict(await run('forget', key, []));
    },
  };
}
