import type { Executor, Parameter, Row } from './executor.ts';

interface KyselyQueryable {
  executeQuery(query: never): Promise<{ readonly rows: unknown[] }>;
}

/** A `Kysely` with a PostgreSQL dialect. */
export interface KyselyDatabase<Tx> extends KyselyQueryable {
  transaction(): { execute<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> };
}

/** The `CompiledQuery` of `kysely`. */
export interface KyselyCompiledQuery {
  raw(text: string, parameters: Parameter[]): unknown;
}

/**
 * For Kysely. The handle of a transaction is its `Transaction`.
 *
 * @param db with a PostgreSQL dialect
 * @param CompiledQuery of `kysely`
 * @example
 * ```ts
 * import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
 *
 * const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
 * const store = postgresStore(kyselyExecutor(db, CompiledQuery));
 * ```
 */
export const kyselyExecutor = <Tx extends KyselyQueryable>(
  db: KyselyDatabase<Tx>,
  CompiledQuery: KyselyCompiledQuery,
): Executor<Tx> => ({
  async query(text, parameters, tx) {
    const { rows } = await (tx ?? db).executeQuery(CompiledQuery.raw(text, [...parameters]) as never);
    return rows as Row[];
  },
  transaction: (work) => db.transaction().execute(work),
});
