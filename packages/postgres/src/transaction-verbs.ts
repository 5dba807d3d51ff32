import type { TakeResult, TransactionalStore, TransactionSession } from '@countersign/core';
import type { Ask } from './ask.ts';
import type { Executor } from './executor.ts';
import { leaseStatements } from './lease-statements.ts';
import { type Obstacle, toObstacle, UNKNOWN_WAIT } from './obstacle.ts';
import type { Table } from './table.ts';
import { transactionStatements } from './transaction-statements.ts';
import { untilDecided } from './until-decided.ts';

const WAIT: TakeResult = { status: 'busy', retryAfterMs: UNKNOWN_WAIT };

/** The verbs of a store in transaction mode. */
export function transactionVerbs<Tx>(
  executor: Executor<Tx>,
  ask: Ask<Tx>,
  table: Table,
): Pick<TransactionalStore<Tx>, 'transaction' | 'fail' | 'reject'> {
  const statements = transactionStatements(table);
  const { find } = leaseStatements(table);

  function openSession(tx: Tx): TransactionSession<Tx> {
    // What somebody else recorded is not ours to take back.
    const taken = new Set<string>();

    async function takeOnce(key: string, parameters: [string, number, string | null]) {
      const [answer] = await ask(statements.take, parameters, { tx });
      const attempt = answer?.attempt ?? null;
      if (attempt === null) {
        const [found] = await ask(find, [key], { tx });
        const obstacle = toObstacle(found);
        // Whoever has the lock may be asking the same: what is done needs no lock to be seen.
        return answer?.got === true || obstacle?.status === 'done' ? obstacle : WAIT;
      }
      taken.add(key);
      return { status: 'taken', attempt: Number(attempt) } as const;
    }

    return {
      tx,
      take: async (key, { retentionMs, fingerprint }) =>
        (await untilDecided<TakeResult>(() => takeOnce(key, [key, retentionMs, fingerprint ?? null]))) ??
        WAIT,
      async drop(key) {
        if (taken.delete(key)) await ask(statements.drop, [key], { tx });
      },
      async keep(key, response) {
        if (taken.has(key)) await ask(statements.keep, [key, JSON.stringify(response)], { tx });
      },
    };
  }

  return {
    async transaction(work, operation) {
      operation?.signal?.throwIfAborted();
      // Some libraries put the error of a failed ROLLBACK in the place of the one that caused it.
      let failure: { readonly error: unknown } | undefined;
      const run = executor.transaction(async (tx) => {
        try {
          // A connection may have been long in coming.
          operation?.signal?.throwIfAborted();
          const result = await work(openSession(tx));
          if (!executor.noticesRollback) await ask('select 1', [], { tx });
          return result;
        } catch (error) {
          failure = { error };
          throw error;
        }
      });
      const [settled] = await Promise.allSettled([run]);
      if (failure !== undefined) throw failure.error;
      if (settled.status === 'rejected') throw settled.reason;
      return settled.value;
    },

    async fail(key, { retentionMs }, operation) {
      const [counted] = await ask(statements.fail, [key, retentionMs], { operation });
      if (counted !== undefined) return Number(counted.attempt);
      // Somebody else has it by now, and will count.
      const [found] = await ask(find, [key], { operation });
      return Math.max(1, Number(found?.attempt ?? 1));
    },

    async reject(key, { retentionMs }, operation) {
      const verdict = await untilDecided<boolean | Obstacle>(async () => {
        const [rejected] = await ask(statements.reject, [key, retentionMs], { operation });
        if (rejected !== undefined) return true;
        const [found] = await ask(find, [key], { operation });
        return toObstacle(found);
      });
      if (verdict === true) return true;
      // "False" would say that it is settled, which nobody knows while another attempt has it.
      if (typeof verdict !== 'object' || verdict.status === 'busy') {
        throw new Error('another attempt has this delivery: it cannot be given up now');
      }
      return verdict.outcome === 'rejected';
    },
  };
}
