import { askStore, forgetIn } from './ask-store.ts';
import { boundedTransaction } from './bounded-transaction.ts';
import { WebhookError } from './errors.ts';
import type { GateRules } from './gate-rules.ts';
import { holdKeys } from './held-keys.ts';
import type { Enter, Keeper, Unavailable } from './keeper.ts';
import { isFinal, type RunHooks, type RunOutcome, type Work } from './run-claim.ts';
import { Stopwatch } from './stopwatch.ts';
import type { StoredResponse } from './store.ts';
import { yesOrNo } from './store-answers.ts';
import type { TransactionalStore } from './transactional-store.ts';
import { waitingRoom } from './waiting-room.ts';

/** Work that ended so that its transaction is rolled back. */
interface Failure {
  readonly cause: unknown;
  readonly key: string;
  readonly attempt: number;
  readonly stopwatch: Stopwatch;
}

const overtaken = (): WebhookError =>
  new WebhookError('ERR_WEBHOOK_LEASE_LOST', 'another attempt handled this delivery while it was given up');

/** Exactly-once effects: the record of a delivery and what its handler writes are one transaction. */
export function transactionKeeper<Tx>(store: TransactionalStore<Tx>, rules: GateRules): Keeper<Tx> {
  const { retention, deadline, maxRun, maxAttempts, onTrouble } = rules;
  const wait = waitingRoom(rules.inFlight);

  /** The failure is answered all the same; without its count the next attempt has the number of this one. */
  async function countFailure(key: string): Promise<void> {
    try {
      await askStore(deadline, (operation) => store.fail(key, { retentionMs: retention }, operation));
    } catch (cause) {
      onTrouble('the store could not count an attempt that failed and was rolled back', cause);
    }
  }

  /** The key is free while the hook runs, so that another attempt may do it after all. */
  async function giveUp(
    { key, cause, stopwatch }: Failure,
    onRejected: RunHooks<unknown>['onRejected'],
  ): Promise<RunOutcome<never>> {
    try {
      if (onRejected) await stopwatch.unlessLost((async () => onRejected(cause))());
    } catch (thrown) {
      await countFailure(key);
      return { status: stopwatch.loss === undefined ? 'failed' : 'lost', cause: thrown };
    }
    // The delivery's own key only: under another id, its handler gives it up again, and leaves nothing behind.
    const isRecorded = await askStore(deadline, (operation) =>
      store.reject(key, { retentionMs: retention }, operation),
    );
    return yesOrNo('reject', isRecorded)
      ? { status: 'rejected', cause }
      : { status: 'lost', cause: overtaken() };
  }

  /** What a transaction that did not commit has come to: the handler's failure, or else the store's. */
  async function settle(
    failure: Failure | undefined,
    error: unknown,
    onRejected: RunHooks<unknown>['onRejected'],
  ): Promise<RunOutcome<never> | Unavailable> {
    if (failure === undefined) return { status: 'unavailable', cause: error };
    const { cause, key, attempt, stopwatch } = failure;
    if (stopwatch.loss === undefined && isFinal(cause, attempt, maxAttempts)) {
      return giveUp(failure, onRejected).catch((unrecorded) => ({
        status: 'unavailable',
        cause: unrecorded,
      }));
    }
    await countFailure(key);
    return stopwatch.loss === undefined
      ? { status: 'failed', cause }
      : { status: 'lost', cause: stopwatch.loss };
  }

  async function attempt<Result, Refused extends { readonly status: string }>(
    enter: Enter<Refused>,
    work: Work<Result, Tx>,
    hooks: RunHooks<Result>,
  ): Promise<RunOutcome<Result> | Refused | Unavailable> {
    // Written inside, where a store that tries again by itself may come twice.
    const seen: { failure?: Failure | undefined; stopwatch?: Stopwatch } = {};
    try {
      return await boundedTransaction(store, deadline, async (session) => {
        seen.failure = undefined;
        const held = holdKeys(session, rules);
        const entry = await enter(held.take);
        if (entry.status !== 'claimed') {
          // Nothing is worth a commit in a transaction that lost its store.
          if (entry.status === 'unavailable') throw (entry as unknown as Unavailable).cause;
          await held.drop();
          return entry as Refused;
        }
        seen.stopwatch?.stop();
        const stopwatch = new Stopwatch(maxRun);
        seen.stopwatch = stopwatch;
        const context = held.context(stopwatch.signal);
        let value: Result;
        let response: StoredResponse | undefined;
        try {
          value = await stopwatch.unlessLost((async () => work(context))());
          response = hooks.stored?.(value);
        } catch (cause) {
          seen.failure = { cause, key: held.keys[0] as string, attempt: context.attempt, stopwatch };
          throw cause;
        } finally {
          held.close();
        }
        if (response !== undefined) await held.keep(response);
        return { status: 'ran', value };
      });
    } catch (cause) {
      return await settle(seen.failure, cause, hooks.onRejected);
    } finally {
      seen.stopwatch?.stop();
    }
  }

  return {
    async pass(enter, work, hooks = {}) {
      // Between two questions no connection is held.
      return wait()(() => attempt(enter, work, hooks));
    },
    forget: (key) => forgetIn(store, deadline, key),
  };
}
