import { sql as drizzleSql } from 'drizzle-orm';
import { drizzle as drizzleOverPg } from 'drizzle-orm/node-postgres';
import { drizzle as drizzleOverPostgresJs } from 'drizzle-orm/postgres-js';
import knex, { type Knex } from 'knex';
import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely';
import { Pool, type PoolClient } from 'pg';
import postgres, { type TransactionSql } from 'postgres';
import {
  drizzleExecutor,
  type Executor,
  knexExecutor,
  kyselyExecutor,
  pgExecutor,
  postgresJsExecutor,
} from '../../src/index.ts';

/** A client library with a pool of ten. */
export interface OpenLibrary<Tx = unknown> {
  readonly executor: Executor<Tx>;
  /** A statement of the application's own, by the library's own means. */
  write(tx: Tx, text: string): Promise<unknown>;
  close(): Promise<unknown>;
}

export interface Library {
  readonly name: string;
  /** What is written through a handle after the end of its transaction is refused. */
  readonly endsWithWork: boolean;
  open(url: string): OpenLibrary;
}

const MAX = 10;

/** As the README says: these libraries do not listen to a client that they have taken out of the pool. */
function listeningPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: MAX });
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', () => {});
  return pool;
}

function openPg(connectionString: string): OpenLibrary<PoolClient> {
  const pool = new Pool({ connectionString, max: MAX });
  pool.on('error', () => {});
  return { executor: pgExecutor(pool), write: (tx, text) => tx.query(text), close: () => pool.end() };
}

function openPostgresJs(url: string): OpenLibrary<TransactionSql> {
  const sql = postgres(url, { max: MAX });
  return {
    executor: postgresJsExecutor(sql),
    write: async (tx, text) => await tx.unsafe(text),
    close: () => sql.end({ timeout: 1 }),
  };
}

function openDrizzle(connectionString: string) {
  const pool = listeningPool(connectionString);
  const executor = drizzleExecutor(drizzleOverPg(pool), drizzleSql);
  type Tx = typeof executor extends Executor<infer Tx> ? Tx : never;
  const write = async (tx: Tx, text: string) => await tx.execute(drizzleSql.raw(text));
  return { executor, write, close: () => pool.end() };
}

function openDrizzleOverPostgresJs(url: string) {
  const client = postgres(url, { max: MAX });
  const executor = drizzleExecutor(drizzleOverPostgresJs(client), drizzleSql);
  type Tx = typeof executor extends Executor<infer Tx> ? Tx : never;
  const write = async (tx: Tx, text: string) => await tx.execute(drizzleSql.raw(text));
  return { executor, write, close: () => client.end({ timeout: 1 }) };
}

function openKysely(connectionString: string): OpenLibrary<Transaction<unknown>> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: listeningPool(connectionString) }) });
  return {
    executor: kyselyExecutor(db, CompiledQuery),
    write: (tx, text) => tx.executeQuery(CompiledQuery.raw(text)),
    close: () => db.destroy(),
  };
}

function openKnex(connection: string): OpenLibrary<Knex.Transaction> {
  const db = knex({ client: 'pg', connection, pool: { min: 0, max: MAX } });
  return {
    executor: knexExecutor(db),
    write: async (tx, text) => await tx.raw(text),
    close: () => db.destroy(),
  };
}

/** Whoever loops over libraries does not know their handles. */
const library = <Tx>(name: string, open: (url: string) => OpenLibrary<Tx>, endsWithWork = true): Library => ({
  name,
  endsWithWork,
  open: open as (url: string) => OpenLibrary<never> as (url: string) => OpenLibrary,
});

export const libraries: readonly Library[] = [
  library('pg', openPg),
  library('postgres.js', openPostgresJs),
  // The README says what that means.
  library('Drizzle', openDrizzle, false),
  library('Drizzle over postgres.js', openDrizzleOverPostgresJs),
  library('Kysely', openKysely, false),
  library('Knex', openKnex),
];
