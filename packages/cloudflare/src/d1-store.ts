import type { DedupStore, TransactionalStore } from '@countersign/core';
import { tables, verbs } from '@countersign/sqlite/sql';
import type { D1Binding } from './d1.ts';
import { type D1Effects, transactional } from './d1-transactional.ts';

/** A store in a D1 database. */
export interface D1Store extends Required<Omit<DedupStore, 'close'>> {
  /** Creates the table, unless it is there. From a script or a test; for deployments put `ddl` into a migration. */
  migrate(): Promise<void>;
  /** Removes what has expired, 1,000 records at most unless `limit` says otherwise. Call it from a cron trigger. */
  purge(options?: { limit?: number }): Promise<number>;
  /**
   * The same table with the `transaction` guarantee: handlers hand over statements, which D1 runs together with the
   * record of the delivery, all or none.
   *
   * @example
   * ```ts
   * const payments = createReceiver(stripe({ secret: env.STRIPE_WEBHOOK_SECRET }), {
   *   store: d1Store(env.DB).transactional(),
   *   on: {
   *     'invoice.paid': ({ id = '' }, { tx }) => tx.effect(env.DB.prepare('INSERT INTO paid VALUES (?)').bind(id)),
   *   },
   * });
   * ```
   */
  transactional(): TransactionalStore<D1Effects>;
}

/**
 * Remembers deliveries in Cloudflare D1. Each verb is one statement, and times are those of the database's own clock.
 *
 * @param database the binding, `env.DB`
 * @example
 * ```ts
 * const store = d1Store(env.DB);
 * const payments = createReceiver(stripe({ secret: env.STRIPE_WEBHOOK_SECRET }), {
 *   store,
 *   on: { 'invoice.paid': (event) => fulfil(event.payload.data.object.id) },
 * });
 * ```
 */
export function d1Store(database: D1Binding): D1Store {
  return {
    name: 'd1',
    capabilities: { atomic: true, shared: true, durable: 'sync', clock: 'server' },
    ...verbs(async (sql, values) => {
      const { results } = await database
        .prepare(sql)
        .bind(...values)
        .all();
      return results;
    }),
    async migrate() {
      await database.batch(tables.map((statement) => database.prepare(statement)));
    },
    transactional: () => transactional(database),
  };
}
