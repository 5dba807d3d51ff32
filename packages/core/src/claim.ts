import type { Hold } from './hold.ts';
import type { RunContext } from './run-context.ts';
import { Stopwatch } from './stopwatch.ts';
import type { DeliveryVerdict, StoredResponse } from './store.ts';

/** A delivery that is ours to handle, until it is completed, released or lost. */
export interface Claim extends Pick<Hold, 'loss' | 'unlessLost'> {
  readonly context: RunContext;
  /** Extends the lease. False: another attempt has it. */
  renew(): Promise<boolean>;
  /** False: another attempt has it. A store that does not answer is asked again in the background. */
  complete(verdict: DeliveryVerdict, response?: StoredResponse): Promise<boolean>;
  release(): Promise<void>;
}

/** For a delivery that no store guards. */
export function bareClaim(maxRun: number): Claim {
  const stopwatch = new Stopwatch(maxRun);
  const isOurs = (): boolean => stopwatch.loss === undefined;
  return {
    context: {
      attempt: 1,
      takeover: false,
      fence: 1,
      tx: undefined,
      get signal() {
        return stopwatch.signal;
      },
      async once(_item, work) {
        await work();
        return 'ran';
      },
    },
    get loss() {
      return stopwatch.loss;
    },
    unlessLost: (work) => stopwatch.unlessLost(work),
    renew: async () => isOurs(),
    async complete() {
      stopwatch.stop();
      return isOurs();
    },
    release: async () => stopwatch.stop(),
  };
}

/** One claim over several keys, which are settled together: the first is the delivery's own, and is settled last. */
export function joinClaims([first, ...others]: readonly [Claim, ...Claim[]]): Claim {
  if (others.length === 0) return first;
  return {
    context: first.context,
    get loss() {
      return first.loss;
    },
    unlessLost: (work) => first.unlessLost(work),
    renew: () => first.renew(),
    async complete(verdict, response) {
      for (const other of others) await other.complete(verdict, response);
      return first.complete(verdict, response);
    },
    async release() {
      for (const other of others) await other.release();
      await first.release();
    },
  };
}
