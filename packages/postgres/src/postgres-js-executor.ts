import type { Executor, Parameter, Row } from './executor.ts';
import { runGuarded } from './run-guarded.ts';

interface PostgresJsQueryable {
  unsafe(text: string, parameters: Parameter[]): PromiseLike<readonly Row[]>;
}

/** The `sql` of `postgres` (postgres.js). */
export interface PostgresJs {
  unsafe(text: string, parameters: Parameter[]): PromiseLike<unknown>;
  readonly begin: (...parameters: never) => unknown;
}

/** The `sql` that `begin` hands out. */
export type PostgresJsTransactionOf<Sql> = Sql extends {
  begin: (options: string, work: (tx: infer Tx) => never) => unknown;
}
  ? Tx
  : never;

/**
 * For `postgres` (postgres.js). The handle of a transaction is its `sql`.
 *
 * @example
 * ```ts
 * import postgres from 'postgres';
 *
 * const store = postgresStore(postgresJsExecutor(postgres()));
 * ```
 */
export function postgresJsExecutor<Sql extends PostgresJs>(sql: Sql): Executor<PostgresJsTransactionOf<Sql>> {
  return {
    noticesRollback: true,
    query: async (text, parameters, tx) =>
      await ((tx ?? sql) as PostgresJsQueryable).unsafe(text, [...parameters]),
    transaction<Result>(work: (tx: PostgresJsTransactionOf<Sql>) => Promise<Result>) {
      type Begin = (work: (tx: object) => Promise<Result>) => Promise<Result>;
      return runGuarded(sql.begin as Begin, (tx, guard) => work(guard(tx) as PostgresJsTransactionOf<Sql>));
    },
  };
}
