import { cutPlaceholders } from './cut-placeholders.ts';
import type { Executor, Parameter, Row } from './executor.ts';
import { runGuarded } from './run-guarded.ts';

interface DrizzleQueryable {
  execute(query: never): PromiseLike<unknown>;
}

/** The `db` of `drizzle-orm`, over `pg`, postgres.js or another driver with interactive transactions. */
export interface DrizzleDatabase<Tx> extends DrizzleQueryable {
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
}

/** The `sql` of `drizzle-orm`. */
export interface DrizzleSql {
  raw(text: string): unknown;
  param(value: Parameter): unknown;
  join(chunks: never[]): unknown;
}

const isPostgresJs = (db: unknown): boolean =>
  typeof (db as { $client?: { begin?: unknown } }).$client?.begin === 'function';

/** Over postgres.js, whose transactions need a guard: in the session that Drizzle makes for this one. */
function transactionOverPostgresJs<Tx, Result>(
  db: DrizzleDatabase<Tx>,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const begin = (run: (tx: Tx) => Promise<Result>): Promise<Result> => db.transaction(run);
  return runGuarded(begin, (tx, guard) => {
    const { session } = tx as { session?: { client?: object } };
    if (typeof session?.client !== 'function') {
      throw new Error(
        'this version of Drizzle does not show the postgres.js that its transactions use: use it over pg',
      );
    }
    session.client = guard(session.client);
    return work(tx);
  });
}

/**
 * For Drizzle. The handle of a transaction is Drizzle's own.
 *
 * @param db made by `drizzle`
 * @param sql of `drizzle-orm`
 * @example
 * ```ts
 * import { sql } from 'drizzle-orm';
 * import { drizzle } from 'drizzle-orm/node-postgres';
 *
 * const store = postgresStore(drizzleExecutor(drizzle(pool), sql));
 * ```
 */
export const drizzleExecutor = <Tx extends DrizzleQueryable>(
  db: DrizzleDatabase<Tx>,
  sql: DrizzleSql,
): Executor<Tx> => ({
  async query(text, parameters, tx) {
    const { texts, values } = cutPlaceholders(text, parameters);
    const chunks = texts.flatMap((piece, index) =>
      index === 0 ? [sql.raw(piece)] : [sql.param(values[index - 1] as Parameter), sql.raw(piece)],
    );
    const result = await (tx ?? db).execute(sql.join(chunks as never[]) as never);
    // The rows themselves over postgres.js.
    return (Array.isArray(result) ? result : (result as { rows: unknown }).rows) as Row[];
  },
  transaction: (work) => (isPostgresJs(db) ? transactionOverPostgresJs(db, work) : db.transaction(work)),
});
