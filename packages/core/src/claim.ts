import type { WebhookError } from './errors.ts';
import type { RunContext } from './run-context.ts';
import type { DeliveryVerdict, StoredResponse } from './store.ts';

/** A delivery that is ours to handle, until it is completed, released or lost. */
export interface Claim {
  readonly context: RunContext;
  /** Why another attempt may have it by now; `undefined`: it is held. */
  readonly loss: WebhookError | undefined;
  /** Waits for work, but not beyond the loss of the claim, with which it rejects. */
  unlessLost<Result>(work: Promise<Result>): Promise<Result>;
  /** Extends the lease. False: another attempt has it. */
  renew(): Promise<boolean>;
  /** False: another attempt has it. A store that does not answer is asked again in the background. */
  complete(verdict: DeliveryVerdict, response?: StoredResponse): Promise<boolean>;
  release(): Promise<void>;
}

/** For a delivery that no store guards. */
export function bareClaim(): Claim {
  const controller = new AbortController();
  return {
    context: {
      attempt: 1,
      takeover: false,
      fence: 1,
      tx: undefined,
      get signal() {
        return controller.signal;
      },
      async once(_item, work) {
        await work();
        return 'ran';
      },
    },
    loss: undefined,
    unlessLost: (work) => work,
    renew: async () => true,
    complete: async () => true,
    release: async () => {},
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
