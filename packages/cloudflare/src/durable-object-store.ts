import { type DedupStore, misconfigured, type StoreOperation } from '@countersign/core';
import type { Verbs } from '@countersign/sqlite/sql';
import type { DurableObjectBinding } from './durable-object.ts';
import { shardOf } from './shard-of.ts';

/** A store in Durable Objects. */
export interface DurableObjectStore extends Required<Omit<DedupStore, 'purge' | 'close'>> {}

/** How the keys are spread. */
export interface DurableObjectStoreOptions {
  /**
   * Objects that share the keys; each handles one delivery at a time. Default 16. Changing it moves most keys to
   * other objects, which do not know them: their duplicates run again until the retention is over.
   */
  readonly shards?: number;
}

type Remote = Exclude<keyof Verbs, 'purge'>;

/**
 * Remembers deliveries in Durable Objects of the class `DedupObject`, each key in the object that its hash names.
 *
 * @param namespace the binding, `env.DEDUP`; pass `env.DEDUP.jurisdiction('eu')` to keep the records there
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` when `shards` is not a positive whole number
 * @example
 * ```ts
 * const store = durableObjectStore(env.DEDUP);
 * const payments = createReceiver(stripe({ secret: env.STRIPE_WEBHOOK_SECRET }), {
 *   store,
 *   on: { 'invoice.paid': (event) => fulfil(event.payload.data.object.id) },
 * });
 * ```
 */
export function durableObjectStore(
  namespace: DurableObjectBinding,
  { shards = 16 }: DurableObjectStoreOptions = {},
): DurableObjectStore {
  if (!Number.isSafeInteger(shards) || shards < 1) {
    throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', 'shards must be a whole number above 0');
  }

  async function ask<Verb extends Remote>(
    verb: Verb,
    [key, ...values]: Parameters<Verbs[Verb]>,
    operation?: StoreOperation,
  ): Promise<Awaited<ReturnType<Verbs[Verb]>>> {
    const id = namespace.idFromName(`countersign-${shardOf(key, shards)}`);
    const response = await namespace.get(id as never).fetch('https://countersign.invalid/', {
      method: 'POST',
      body: JSON.stringify([verb, key, ...values]),
      signal: operation?.signal ?? null,
    });
    if (!response.ok)
      throw new Error(`the Durable Object answered ${response.status}: is its class DedupObject?`);
    return response.json();
  }

  return {
    name: 'durable-object',
    capabilities: { atomic: true, shared: true, durable: 'sync', clock: 'server' },
    claim: (key, claim, operation) => ask('claim', [key, claim], operation),
    complete: (key, completion, operation) => ask('complete', [key, completion], operation),
    release: (key, release, operation) => ask('release', [key, release], operation),
    extend: (key, extension, operation) => ask('extend', [key, extension], operation),
    forget: (key) => ask('forget', [key]),
  };
}
