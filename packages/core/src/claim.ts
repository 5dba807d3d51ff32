import { LONGEST_TIMER, withDeadline } from './deadline.ts';
import { WebhookError } from './errors.ts';
import type { DedupStore, DeliveryVerdict, StoredResponse, StoreOperation } from './store.ts';

/** What a handler is told about its attempt. */
export interface RunContext {
  /** 1 for the first attempt that reached a handler here. */
  readonly attempt: number;
  /** True when an earlier attempt ended without a word: its process died, or it outlived its lease. */
  readonly takeover: boolean;
  /** Grows with every claim of this delivery: write it beside your effect, and refuse a lower one. */
  readonly fence: number;
  /** Aborted when the claim is lost; what runs on after that may run beside another attempt. */
  readonly signal: AbortSignal;
  /** Runs `work` once for this item of the delivery, over all attempts: for batches. */
  once(item: string, work: () => unknown): Promise<'ran' | 'skipped'>;
}

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
  readonly store: DedupStore;
  /** All in ms. */
  readonly lease: number;
  readonly retention: number;
  readonly maxRun: number;
  readonly deadline: number;
  /** Told what went wrong behind a delivery that was answered all the same. */
  readonly onTrouble: (message: string, cause: unknown) => void;
}

/** Some clients queue for minutes while the server is away; a delivery cannot wait for that. */
export async function askStore<T>(ms: number, ask: (operation: StoreOperation) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  return withDeadline(ms, ask({ signal: controller.signal }), () => {
    controller.abort();
    return new Error(`the store did not answer within ${ms} ms`);
  });
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** ms between the attempts at completing a delivery that has been handled and answered. */
const COMPLETION_RETRIES = [200, 1000, 5000];

/**
 * Keeps a claim alive by heartbeat, every third of the lease, for at most `maxRun`.
 */
export function holdClaim(
  rules: ClaimRules,
  key: string,
  token: string,
  attempt: Omit<RunContext, 'signal'>,
): Claim {
  const { store, lease, retention, maxRun, deadline, onTrouble } = rules;
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
    context: { ...attempt, signal: controller.signal },
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

/** One claim over two keys: both are settled together. */
export const joinClaims = (first: Claim, second: Claim): Claim => ({
  context: first.context,
  renew: () => first.renew(),
  async complete(verdict, response) {
    await second.complete(verdict, response);
    return first.complete(verdict, response);
  },
  async release() {
    await second.release();
    await first.release();
  },
});
