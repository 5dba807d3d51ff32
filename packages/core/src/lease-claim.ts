import { askStore } from './ask-store.ts';
import { atOnce } from './at-once.ts';
import type { Claim } from './claim.ts';
import { LONGEST_TIMER } from './deadline.ts';
import { WebhookError } from './errors.ts';
import { Hold } from './hold.ts';
import { andThen, type MaybePromise, orElse } from './maybe-promise.ts';
import type { RunContext } from './run-context.ts';
import { tooLong } from './stopwatch.ts';
import type { DedupStore, DeliveryVerdict, StoredResponse } from './store.ts';
import { yesOrNo } from './store-answers.ts';

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

const overtaken = (): WebhookError =>
  new WebhookError(
    'ERR_WEBHOOK_LEASE_LOST',
    'another attempt took this delivery over: was the event loop blocked for longer than the lease?',
  );

/** ms between the attempts at completing a delivery that has been handled and answered. */
const COMPLETION_RETRIES = [200, 1000, 5000];

/** A claim in a store. While it is waited for it is kept alive by heartbeat, every third of the lease, for at most `maxRun`. */
export class LeaseClaim extends Hold implements Claim, RunContext {
  readonly #store: DedupStore;
  readonly #rules: ClaimRules;
  readonly #key: string;
  readonly #token: string;
  // Not the wall clock: one that is set back would let a handler run for hours.
  readonly #started = performance.now();
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #held = true;
  #beating = false;
  readonly attempt: number;
  readonly fence: number;
  readonly takeover: boolean;
  readonly tx: undefined;
  readonly once: RunContext['once'];

  constructor(
    store: DedupStore,
    rules: ClaimRules,
    key: string,
    token: string,
    { attempt, fence, takeover }: Attempt,
    once: RunContext['once'],
  ) {
    super();
    this.#store = store;
    this.#rules = rules;
    this.#key = key;
    this.#token = token;
    this.attempt = attempt;
    this.fence = fence;
    this.takeover = takeover;
    this.once = once;
  }

  get context(): RunContext {
    return this;
  }

  override unlessLost<Result>(work: PromiseLike<Result>): Promise<Result> {
    this.keep();
    return super.unlessLost(work);
  }

  keep(): void {
    if (!this.#held || this.#heartbeat !== undefined) return;
    const { lease, maxRun } = this.#rules;
    const pause = Math.min(lease / 3, maxRun, LONGEST_TIMER);
    this.#heartbeat = setInterval(() => this.#beat(), pause);
    (this.#heartbeat as { unref?: () => void }).unref?.();
    // What ran up to here did not let go of the thread.
    if (performance.now() - this.#started > pause) void this.#beat();
  }

  async renew(): Promise<boolean> {
    await this.#beat();
    return this.#held;
  }

  complete(verdict: DeliveryVerdict, response?: StoredResponse): MaybePromise<boolean> {
    if (!this.#held) return false;
    const finished = (kept: boolean): boolean => {
      this.#stop();
      return kept;
    };
    return orElse(
      () => andThen(this.#finish(verdict, response), finished),
      (cause) => {
        // The effects exist: an error now would only make them happen twice.
        this.#rules.onTrouble('the store could not record a handled delivery; asking again', cause);
        this.keep();
        void this.#finishLater(verdict, response);
        return true;
      },
    );
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

  override lose(loss: WebhookError): void {
    if (!this.#held) return;
    this.#stop();
    super.lose(loss);
  }

  #finish(verdict: DeliveryVerdict, response: StoredResponse | undefined): MaybePromise<boolean> {
    const { deadline, retention } = this.#rules;
    const completion = { token: this.#token, retentionMs: retention, outcome: verdict, response };
    const answer = askStore(deadline, (operation) =>
      atOnce(this.#store.complete).call(this.#store, this.#key, completion, operation),
    );
    return andThen(answer, (kept) => yesOrNo('complete', kept));
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

  async #beat(): Promise<void> {
    const { lease, maxRun, deadline, onTrouble } = this.#rules;
    if (this.#beating) return;
    if (performance.now() - this.#started >= maxRun) return this.lose(tooLong(maxRun));
    this.#beating = true;
    const extension = { token: this.#token, leaseMs: lease };
    try {
      const kept = await askStore(deadline, (operation) =>
        this.#store.extend(this.#key, extension, operation),
      );
      if (!yesOrNo('extend', kept)) this.lose(overtaken());
    } catch (cause) {
      onTrouble('the store could not extend a lease', cause);
    } finally {
      this.#beating = false;
    }
  }
}
