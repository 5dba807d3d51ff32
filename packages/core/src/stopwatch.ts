import { LONGEST_TIMER } from './deadline.ts';
import { WebhookError } from './errors.ts';
import { Hold } from './hold.ts';

export const tooLong = (maxRun: number): WebhookError =>
  new WebhookError(
    'ERR_WEBHOOK_LEASE_LOST',
    `the handler is not done after ${maxRun} ms: answer sooner, or hand the work to a queue`,
  );

/** Bounds a handler, and the dead letter hook after it: what is waited for is lost after `maxRun` ms. */
export class Stopwatch extends Hold {
  readonly #maxRun: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(maxRun: number) {
    super();
    this.#maxRun = maxRun;
  }

  override unlessLost<Result>(work: PromiseLike<Result>): Promise<Result> {
    this.keep();
    return super.unlessLost(work);
  }

  /** Begins to count, if it has not yet. */
  keep(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.lose(tooLong(this.#maxRun)), Math.min(this.#maxRun, LONGEST_TIMER));
    (this.#timer as { unref?: () => void }).unref?.();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
