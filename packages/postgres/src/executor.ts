/** What the statements of the store are given: the casts in the text say the type. */
export type Parameter = string | number | null;

/** A row, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * The few things the store asks of a client library. Made by `pgExecutor` and its neighbours, or by hand for a
 * library that has none here.
 *
 * @typeParam Tx the library's own handle of an open transaction
 * @example
 * ```ts
 * import type { PoolClient } from 'pg';
 *
 * const executor: Executor<PoolClient> = {
 *   query: async (text, parameters, tx) => (await (tx ?? pool).query(text, [...parameters])).rows,
 *   async transaction(work) {
 *     const client = await pool.connect();
 *     try {
 *       await client.query('begin');
 *       const result = await work(client);
 *       await client.query('commit');
 *       return result;
 *     } catch (error) {
 *       await client.query('rollback');
 *       throw error;
 *     } finally {
 *       client.release();
 *     }
 *   },
 * };
 * ```
 */
export interface Executor<Tx> {
  /** Runs one statement with `$1` placeholders: in `tx`, or by itself on any connection. Resolves to its rows. */
  query(text: string, parameters: readonly Parameter[], tx?: Tx): Promise<readonly Row[]>;
  /** Commits when `work` resolves, and rolls back when it rejects. */
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /**
   * In a transaction in which a statement failed, PostgreSQL answers COMMIT with ROLLBACK, and without an error.
   * Set where `transaction` rejects then; elsewhere the store sends one more statement before each commit.
   */
  readonly noticesRollback?: true;
}
