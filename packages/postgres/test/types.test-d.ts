import type { DedupStore, TransactionalStore } from '@countersign/core';
import { sql as drizzleSql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { drizzle as drizzleOverPostgresJs } from 'drizzle-orm/postgres-js';
import knex, { type Knex } from 'knex';
import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely';
import { Pool, type PoolClient } from 'pg';
import postgres, { type TransactionSql } from 'postgres';
import { expectTypeOf, test } from 'vitest';
import {
  drizzleExecutor,
  knexExecutor,
  kyselyExecutor,
  type PostgresStore,
  pgExecutor,
  postgresJsExecutor,
  postgresStore,
} from '../src/index.ts';

interface Tables {
  orders: { id: string };
}

const handle = <Tx>(store: PostgresStore<Tx>): Tx => store as unknown as Tx;

test("a transaction's handle is the library's own", () => {
  const pool = new Pool();
  expectTypeOf(handle(postgresStore(pool))).toEqualTypeOf<PoolClient>();
  expectTypeOf(handle(postgresStore(pgExecutor(pool)))).toEqualTypeOf<PoolClient>();

  const sql = postgres();
  expectTypeOf(handle(postgresStore(sql))).toEqualTypeOf<TransactionSql<Record<never, never>>>();
  expectTypeOf(handle(postgresStore(postgresJsExecutor(sql)))).toHaveProperty('savepoint');

  const db = drizzle(pool);
  type DrizzleTx = Parameters<Parameters<typeof db.transaction>[0]>[0];
  expectTypeOf(handle(postgresStore(drizzleExecutor(db, drizzleSql)))).toEqualTypeOf<DrizzleTx>();
  const other = drizzleOverPostgresJs(sql);
  expectTypeOf(handle(postgresStore(drizzleExecutor(other, drizzleSql)))).toHaveProperty('select');

  const typed = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  expectTypeOf(handle(postgresStore(kyselyExecutor(typed, CompiledQuery)))).toEqualTypeOf<
    Transaction<Tables>
  >();

  const query = knex({ client: 'pg' });
  expectTypeOf(handle(postgresStore(knexExecutor(query)))).toEqualTypeOf<Knex.Transaction>();
});

test('a store is what the engine takes', () => {
  const store = postgresStore(new Pool());
  expectTypeOf(store).toExtend<DedupStore>();
  expectTypeOf(store.transactional()).toExtend<TransactionalStore<PoolClient>>();
});

test('nothing else makes a store', () => {
  // @ts-expect-error: a store needs statements
  postgresStore({});
  // @ts-expect-error: a drizzle database needs drizzle's sql
  drizzleExecutor(drizzle(new Pool()));
});
