import { cutPlaceholders } from './cut-placeholders.ts';
import type { Executor, Parameter, Row } from './executor.ts';

interface KnexQueryable {
  raw(text: string, bindings: Parameter[]): PromiseLike<unknown>;
}

/** A `knex` with the client `pg`. */
export interface KnexDatabase<Tx> extends KnexQueryable {
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
}

/**
 * For Knex. The handle of a transaction is its `Knex.Transaction`.
 *
 * @example
 * ```ts
 * import knex from 'knex';
 *
 * const store = postgresStore(knexExecutor(knex({ client: 'pg', connection: 'postgres://localhost/app' })));
 * ```
 */
export const knexExecutor = <Tx extends KnexQueryable>(db: KnexDatabase<Tx>): Executor<Tx> => ({
  async query(text, parameters, tx) {
    const { texts, values } = cutPlaceholders(text, parameters);
    const result = await (tx ?? db).raw(texts.join('?'), [...values]);
    return (result as { rows: Row[] }).rows;
  },
  transaction: (work) => db.transaction(work),
});
