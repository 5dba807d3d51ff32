import { guardSql } from './guard-sql.ts';

type Guard = <Sql extends object>(sql: Sql) => Sql;

/** Long enough for a socket that failed to close. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

const NEVER = new Promise<never>(() => {});

/**
 * Runs a transaction of postgres.js. When its connection is lost it reconnects for the next one and sends what was
 * still to come of this one there: the work's statements, outside of any transaction, and the COMMIT or ROLLBACK,
 * into whatever transaction is there by then. So the work is cut off, and postgres.js never hears of its end.
 */
export function runGuarded<Tx, Result>(
  begin: (work: (tx: Tx) => Promise<Result>) => Promise<Result>,
  work: (tx: Tx, guard: Guard) => Promise<Result>,
): Promise<Result> {
  let [isOver, isLost] = [false, false];
  const run = begin(async (tx) => {
    try {
      return await work(tx, (sql) => guardSql(sql, () => isOver));
    } catch (error) {
      isOver = true;
      // The failed statement is heard of before the lost connection that it failed for.
      await nextTurn();
      throw error;
    } finally {
      isOver = true;
      if (isLost) await NEVER;
    }
  });
  return run.finally(() => {
    isOver = true;
    isLost = true;
  });
}
