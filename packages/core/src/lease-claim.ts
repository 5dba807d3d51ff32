import { askStore } from './ask-store.ts';
import type { Claim } from './claim.ts';
import { LONGEST_TIMER } from './deadline.ts';
import { WebhookError } from './errors.ts';
import type { RunContext } from './run-context.ts';
import type { DedupStore, DeliveryVerdict, StoredResponse } from './store.ts';

export interface ClaimRules {
  /** All in ms. */
  readonly lease: number;
  readonly retention: number;
  readonly maxRun: number;
  readonly deadline: number;
  /** Told what went wrong behind a delivery that was answered all the same. */
  readonly onTrouble: (message: string, cause: unknown) => void;
}

/** What the store said of it. */
export type Attempt = Pick<RunContext, 'attempt' | 'fence' | 'takeover'>;

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** ms between the attempts at completing a delivery that has been handled and answered. */
const COMPLETION_RETRIES = [200, 1000, 5000];

/** A claim in a store, kept alive by heartbeat, every third of the lease, for at most `maxRun`. */
export class LeaseClaim implements Claim, RunContext {
  readonly #store: DedupStore;
  readonly #rules: ClaimRules;
  readonly #key: string;
  readonly #token: string;
  readonly #controller = new AbortController();
  readonly #started = Date.now();
  readonly #heartbeat: ReturnType<typeof setInterval>;
  #held = true;
  #beating = false;
  #onLoss: ((loss: WebhookError) => void) | undefined;
  readonly attempt: number;
  readonly fence: number;
  readonly takeover: boolean;
  readonly tx: undefined;
  readonly once: RunContext['once'];
  loss: WebhookError | undefined;

  constructor(
    store: DedupStore,
    rules: ClaimRules,
    key: string,
    token: string,
    { attempt, fence, takeover }: Attempt,
    once: RunContext['once'],
  ) {
    this.#store = store;
    this.#rules = rules;
    this.#key = key;
    this.#token = token;
    this.attempt = attempt;
    this.fence = fence;
    this.takeover = takeover;
    this.once = once;
    const { lease, maxRun } = rules;
    this.#heartbeat = setInterval(() => this.#beat(), Math.min(lease / 3, maxRun, LONGEST_TIMER));
    (this.#heartbeat as { unref?: () => void }).unref?.();
  }

  get context(): RunContext {
    return this;
  }

  /** Made when somebody looks at it: that takes longer than to claim some stores. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  unlessLost<Result>(work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#onLoss = reject;
      work.then(resolve, reject);
    });
  }

  async renew(): Promise<boolean> {
    await this.#beat();
    return this.#held;
  }

  async complete(verdict: DeliveryVerdict, response?: StoredResponse): Promise<boolean> {
    if (!this.#held) return false;
    try {
      const kept = await this.#finish(verdict, response);
      this.#stop();
      return kept;
    } catch (cause) {
      // The effects exist: an error now would only make them happen twice.
      this.#rules.onTrouble('the store could not record a handled delivery; asking again', cause);
      void this.#finishLater(verdict, response);
      return true;
    }
  }

  async release(): Promise<void> {
    if (!this.#held) return;
    this.#stop();
    const { deadline, retention, onTrouble } = this.#rules;
    const released = { token: this.#token, retentionMs: retention };
    try {
      await askStore(deadline, (operation) => this.#store.release(this.#key, released, operation));
    } catch (cause) {
      onTrouble('the store could not release a failed delivery, which waits for its lease to end', cause);
    }
  }

  #finish(verdict: DeliveryVerdict, response: StoredResponse | undefined): Promise<boolean> {
    const { deadline, retention } = this.#rules;
    const completion = { token: this.#token, retentionMs: retention, outcome: verdict, response };
    return askStore(deadline, (operation) => this.#store.complete(this.#key, completion, operation));
  }

  async #finishLater(verdict: DeliveryVerdict, response: StoredResponse | undefined): Promise<void> {
    for (const pause of COMPLETION_RETRIES) {
      await delay(pause);
      try {
        await this.#finish(verdict, response);
        return this.#stop();
      } catch (cause) {
        this.#rules.onTrouble('the store could not record a handled delivery, which may run again', cause);
      }
    }
    this.#stop();
  }

  #stop(): void {
    this.#held = false;
    clearInterval(this.#heartbeat);
  }

  #lose(reason: string): void {
    if (!this.#held) return;
    this.#stop();
    this.loss = new WebhookError('ERR_WEBHOOK_LEASE_LOST', reason);
    this.#controller.abort(this.loss);
    this.#onLoss?.(this.loss);
  }

  async #beat(): Promise<void> {
    const { lease, maxRun, deadline, onTrouble } = this.#rules;
    if (this.#beating) return;
    if (Date.now() - this.#started >= maxRun) {
      this.#lose(`the handler is not done after ${maxRun} ms: answer sooner, or hand the work to a queue`);
      return;
    }
    this.#beating = true;
    const extension = { token: this.#token, leaseMs: lease };
    try {
      const kept = await askStore(deadline, (operation) =>
        this.#store.extend(this.#key, extension, operation),
      );
      if (!kept)
        this.#lose(
          'another attempt took this delivery over: was the event loop blocked for longer than the lease?',
        );
    } catch (cause) {
      onTrouble('the store could not extend a lease', cause);
    } finally {
      this.#beating = false;
    }
  }
}
