import type { Executor, Parameter, Row } from './executor.ts';
import { guardClient } from './guard-client.ts';

interface PgQueryable {
  query(text: string, values: Parameter[]): Promise<{ readonly rows: Row[]; readonly command: string }>;
}

interface PgClient extends PgQueryable {
  release(broken?: Error): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
}

/** A `Pool` of `pg`, or of a package with the same one, such as `@neondatabase/serverless`. */
export interface PgPool {
  connect(): Promise<unknown>;
  query(text: string, values: Parameter[]): Promise<unknown>;
  readonly totalCount: number;
}

/** The client that a pool hands out, by the first of `connect`'s two overloads. */
export type PgClientOf<Pool> = Pool extends {
  connect: { (): Promise<infer Client>; (callback: never): unknown };
}
  ? Client
  : never;

async function inTransaction<Result>(
  client: PgClient,
  work: (guarded: PgClient) => Promise<Result>,
  onBroken: (error: Error) => void,
): Promise<Result> {
  let isOver = false;
  try {
    await client.query('begin', []);
    const result = await work(guardClient(client, () => isOver)).finally(() => {
      isOver = true;
    });
    const { command } = await client.query('commit', []);
    if (command !== 'COMMIT') throw new Error('a statement of the transaction failed: it was rolled back');
    return result;
  } catch (error) {
    // What this one says is of less use than the first error. The connection is in no known state then.
    await client.query('rollback', []).catch(onBroken);
    throw error;
  }
}

/**
 * For `pg`. The handle of a transaction is the pool's client.
 *
 * @example
 * ```ts
 * import { Pool } from 'pg';
 *
 * const store = postgresStore(pgExecutor(new Pool({ connectionString: process.env.DATABASE_URL })));
 * ```
 */
export function pgExecutor<Pool extends PgPool>(pool: Pool): Executor<PgClientOf<Pool>> {
  return {
    noticesRollback: true,
    async query(text, parameters, tx) {
      const { rows } = await ((tx ?? pool) as PgQueryable).query(text, [...parameters]);
      return rows;
    },
    async transaction(work) {
      const client = (await pool.connect()) as PgClient;
      let broken: Error | undefined;
      const onBroken = (error: Error): void => {
        broken ??= error;
      };
      // While a client is out nobody else listens, and an error that nobody hears ends the process.
      client.on('error', onBroken);
      try {
        return await inTransaction(client, (tx) => work(tx as PgClientOf<Pool>), onBroken);
      } finally {
        client.release(broken);
        // A closing connection may still have something to say.
        if (broken === undefined) client.off('error', onBroken);
      }
    },
  };
}
