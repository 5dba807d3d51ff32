/**
 * Remembers webhook deliveries in PostgreSQL, for Countersign.
 *
 * @module
 */
export { ddl } from './ddl.ts';
export { type DrizzleDatabase, type DrizzleSql, drizzleExecutor } from './drizzle-executor.ts';
export type { Executor, Parameter, Row } from './executor.ts';
export { type KnexDatabase, knexExecutor } from './knex-executor.ts';
export { type KyselyCompiledQuery, type KyselyDatabase, kyselyExecutor } from './kysely-executor.ts';
export { type PgClientOf, type PgPool, pgExecutor } from './pg-executor.ts';
export {
  type PostgresJs,
  type PostgresJsTransactionOf,
  postgresJsExecutor,
} from './postgres-js-executor.ts';
export { type PostgresStore, type PostgresStoreOptions, postgresStore } from './postgres-store.ts';
