/**
 * Remembers webhook deliveries in Cloudflare D1 and Durable Objects, for Countersign.
 *
 * @example
 * ```ts
 * const store = d1Store(env.DB);
 * const payments = createReceiver(stripe({ secret: env.STRIPE_WEBHOOK_SECRET }), {
 *   store,
 *   on: { 'invoice.paid': (event) => fulfil(event.payload.data.object.id) },
 * });
 * ```
 * @module
 */

export type { Row, SqlValue } from '@countersign/sqlite/sql';
export { ddl } from '@countersign/sqlite/sql';
export type { D1Binding, D1Statement } from './d1.ts';
export { type D1Store, d1Store } from './d1-store.ts';
export type { D1Effects } from './d1-transactional.ts';
export { DedupObject } from './dedup-object.ts';
export type { DurableObjectBinding, DurableObjectState } from './durable-object.ts';
export {
  type DurableObjectStore,
  type DurableObjectStoreOptions,
  durableObjectStore,
} from './durable-object-store.ts';
