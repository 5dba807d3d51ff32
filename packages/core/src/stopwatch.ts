import { LONGEST_TIMER } from './deadline.ts';
import { WebhookError } from './errors.ts';
import { Hold } from './hold.ts';

export const tooLong = (maxRun: number): WebhookError =>
  new WebhookError(
    'ERR_WEBHOOK_LEASE_LOST',
    `the handler is not done after ${maxRun} ms: answer sooner, or hand the work to a queue`,
  );

/** Bounds a handler, and the dead letter hook after it: it is lost after `maxRun` ms. */
export class Stopwatch extends Hold {
  readonly #timer: ReturnType<typeof setTimeout>;

  constructor(maxRun: number) {
    super();
    this.#timer = setTimeout(() => this.lose(tooLong(maxRun)), Math.min(maxRun, LONGEST_TIMER));
    (this.#timer as { unref?: () => void }).unref?.();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
