import { askStore } from './ask-store.ts';
import { LONGEST_TIMER } from './deadline.ts';
import { WebhookError } from './errors.ts';
import type { RunContext } from './run-context.ts';
import type { DedupStore, DeliveryVerdict, StoredResponse } from './store.ts';

/** A delivery that is ours to handle, until it is completed, released or lost. */
export interface Claim {
  readonly context: RunContext;
  /** Extends the lease. False: another attempt has it. */
  renew(): Promise<boolean>;
  /** False: another attempt has it. A store that does not answer is asked again in the background. */
  complete(verdict: DeliveryVerdict, response?: StoredResponse): Promise<boolean>;
  release(): Promise<void>;
}

export interface ClaimRules {
  /** All in ms. */
  readonly lease: number;
  readonly retention: number;
  readonly maxRun: number;
  readonly deadline: number;
  /** Told what went wrong behind a delivery that was answered all the same. */
  readonly onTrouble: (message: string, cause: unknown) => void;
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** ms between the attempts at completing a delivery that has been handled and answered. */
const COMPLETION_RETRIES = [200, 1000, 5000];

/**
 * Keeps a claim alive by heartbeat, every third of the lease, for at most `maxRun`.
 */
export function holdClaim(
  store: DedupStore,
  { lease, retention, maxRun, deadline, onTrouble }: ClaimRules,
  key: string,
  token: string,
  attempt: Omit<RunContext, 'signal' | 'tx'>,
): Claim {
  const controller = new AbortController();
  const started = Date.now();
  let held = true;
  let beating = false;

  const stop = (): void => {
    held = false;
    clearInterval(heartbeat);
  };

  function lose(reason: string): void {
    if (!held) return;
    stop();
    controller.abort(new WebhookError('ERR_WEBHOOK_LEASE_LOST', reason));
  }

  async function beat(): Promise<void> {
    if (beating) return;
    if (Date.now() - started >= maxRun)
      return lose(`the handler is not done after ${maxRun} ms: answer sooner, or hand the work to a queue`);
    beating = true;
    try {
      const kept = await askStore(deadline, (operation) =>
        store.extend(key, { token, leaseMs: lease }, operation),
      );
      if (!kept)
        lose(
          'another attempt took this delivery over: was the event loop blocked for longer than the lease?',
        );
    } catch (cause) {
      onTrouble('the store could not extend a lease', cause);
    } finally {
      beating = false;
    }
  }

  const heartbeat = setInterval(beat, Math.min(lease / 3, maxRun, LONGEST_TIMER));
  (heartbeat as { unref?: () => void }).unref?.();

  const finish = (verdict: DeliveryVerdict, response?: StoredResponse): Promise<boolean> =>
    askStore(deadline, (operation) =>
      store.complete(key, { token, retentionMs: retention, outcome: verdict, response }, operation),
    );

  async function finishLater(verdict: DeliveryVerdict, response?: StoredResponse): Promise<void> {
    for (const pause of COMPLETION_RETRIES) {
      await delay(pause);
      try {
        await finish(verdict, response);
        return stop();
      } catch (cause) {
        onTrouble('the store could not record a handled delivery, which may run again', cause);
      }
    }
    stop();
  }

  return {
    context: { ...attempt, tx: undefined, signal: controller.signal },
    async renew() {
      await beat();
      return held;
    },
    async complete(verdict, response) {
      if (!held) return false;
      try {
        const kept = await finish(verdict, response);
        stop();
        return kept;
      } catch (cause) {
        // The effects exist: an error now would only make them happen twice.
        onTrouble('the store could not record a handled delivery; asking again', cause);
        void finishLater(verdict, response);
        return true;
      }
    },
    async release() {
      if (!held) return;
      stop();
      try {
        await askStore(deadline, (operation) =>
          store.release(key, { token, retentionMs: retention }, operation),
        );
      } catch (cause) {
        onTrouble('the store could not release a failed delivery, which waits for its lease to end', cause);
      }
    },
  };
}

/** For a delivery that no store guards. */
export function bareClaim(): Claim {
  const { signal } = new AbortController();
  return {
    context: {
      attempt: 1,
      takeover: false,
      fence: 1,
      signal,
      tx: undefined,
      async once(_item, work) {
        await work();
        return 'ran';
      },
    },
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
