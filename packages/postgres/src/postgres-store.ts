import type { DedupStore, TransactionalStore } from '@countersign/core';
import { type Ask, askWith } from './ask.ts';
import { ddl } from './ddl.ts';
import type { Executor } from './executor.ts';
import { leaseVerbs } from './lease-verbs.ts';
import { migrate } from './migrate.ts';
import type { PgClientOf, PgPool } from './pg-executor.ts';
import type { PostgresJs, PostgresJsTransactionOf } from './postgres-js-executor.ts';
import { type TableOptions, toTable } from './table.ts';
import { toExecutor } from './to-executor.ts';
import { transactionVerbs } from './transaction-verbs.ts';

/** Where the table stands, and what it is called. */
export type PostgresStoreOptions = TableOptions;

/** A store in a PostgreSQL database. */
export interface PostgresStore<Tx = unknown> extends Required<Omit<DedupStore, 'close'>> {
  /**
   * The same table, with the record committed by the handler's own transaction: exactly-once effects in this database.
   * An aborted signal is heard until the transaction has begun; from there on `work` decides how it ends.
   */
  transactional(): TransactionalStore<Tx> & Required<Pick<TransactionalStore, 'forget' | 'purge'>>;
  /** Creates the table, unless it is there. At start-up: nothing is created while deliveries come in. */
  migrate(): Promise<void>;
  /** What `migrate` runs, for a migration of your own. */
  readonly ddl: string;
  /** Removes what has expired, in batches of 1,000; at most `limit`, if given. Nobody else does: call it now and then. */
  purge(options?: { limit?: number }): Promise<number>;
}

/**
 * Remembers deliveries in PostgreSQL, for all processes that use the database: by a lease, or, with `transactional()`,
 * in the handler's own transaction. Times are those of the server's clock.
 *
 * The client stays yours: its size, its errors, its end.
 *
 * @param source a `Pool` of `pg`, the `sql` of postgres.js, or an executor for another library
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for anything else, or for a table or schema whose name is none
 * @example
 * ```ts
 * import { Pool } from 'pg';
 *
 * const store = postgresStore(new Pool({ connectionString: process.env.DATABASE_URL }));
 * await store.migrate();
 * const receiver = createReceiver(provider, { store: store.transactional() });
 * ```
 */
export function postgresStore<Tx>(source: Executor<Tx>, options?: PostgresStoreOptions): PostgresStore<Tx>;
export function postgresStore<Pool extends PgPool>(
  source: Pool,
  options?: PostgresStoreOptions,
): PostgresStore<PgClientOf<Pool>>;
export function postgresStore<Sql extends PostgresJs>(
  source: Sql,
  options?: PostgresStoreOptions,
): PostgresStore<PostgresJsTransactionOf<Sql>>;
export function postgresStore<Tx>(source: unknown, options: PostgresStoreOptions = {}): PostgresStore<Tx> {
  const executor = toExecutor<Tx>(source);
  const table = toTable(options);
  const ask = askWith(executor, table);
  const verbs = leaseVerbs(ask as Ask<never>, table);
  const capabilities = { atomic: true, shared: true, durable: 'sync', clock: 'server' } as const;
  return {
    name: 'postgres',
    capabilities,
    ...verbs,
    transactional: () => ({
      name: 'postgres',
      capabilities: { ...capabilities, transactional: true },
      ...transactionVerbs(executor, ask, table),
      forget: verbs.forget,
      purge: verbs.purge,
    }),
    migrate: () => migrate(executor, table),
    ddl: ddl(options.table, options.schema),
  };
}
