import type { Hold } from './hold.ts';
import type { MaybePromise } from './maybe-promise.ts';
import type { RunContext } from './run-context.ts';
import { Stopwatch } from './stopwatch.ts';
import type { DeliveryVerdict, StoredResponse } from './store.ts';

/** A delivery that is ours to handle, until it is completed, released or lost. */
export interface Claim extends Pick<Hold, 'loss' | 'unlessLost'> {
  readonly context: RunContext;
  /** Keeps it alive from now on, for as long as it may take, until it is settled. */
  keep(): void;
  /** Extends the lease. False: another attempt has it. */
  renew(): Promise<boolean>;
  /** False: another attempt has it. A store that does not answer is asked again in the background. */
  complete(verdict: DeliveryVerdict, response?: StoredResponse): MaybePromise<boolean>;
  release(): Promise<void>;
}

/** For a delivery that no store guards. */
export class BareClaim extends Stopwatch implements Claim, RunContext {
  readonly attempt = 1;
  readonly takeover = false;
  readonly fence = 1;
  readonly tx = undefined;

  get context(): RunContext {
    return this;
  }

  async once(_item: string, work: () => unknown): Promise<'ran'> {
    await work();
    return 'ran';
  }

  async renew(): Promise<boolean> {
    return this.loss === undefined;
  }

  complete(): boolean {
    this.stop();
    return this.loss === undefined;
  }

  async release(): Promise<void> {
    this.stop();
  }
}

/** One claim over several keys, which are settled together: the first is the delivery's own, and is settled last. */
export function joinClaims([first, ...others]: readonly [Claim, ...Claim[]]): Claim {
  if (others.length === 0) return first;
  return {
    context: first.context,
    get loss() {
      return first.loss;
    },
    unlessLost(work) {
      this.keep();
      return first.unlessLost(work);
    },
    keep() {
      for (const each of [first, ...others]) each.keep();
    },
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
