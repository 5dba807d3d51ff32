import type { WebhookError } from './errors.ts';

/** What a handler runs under, until it is lost. */
export class Hold {
  readonly #controller = new AbortController();
  #onLoss: ((loss: WebhookError) => void) | undefined;
  /** Why another attempt may run by now; `undefined`: none may. */
  loss: WebhookError | undefined;

  /** Made when somebody looks at it: that takes longer than to claim some stores. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Waits for work, but not beyond the loss, with which it rejects: nobody waits for a handler that never ends. */
  unlessLost<Result>(work: PromiseLike<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#onLoss = reject;
      // Lost already, by work that held the thread for too long before it let it go.
      if (this.loss !== undefined) reject(this.loss);
      Promise.resolve(work).then(resolve, reject);
    });
  }

  lose(loss: WebhookError): void {
    if (this.loss !== undefined) return;
    this.loss = loss;
    this.#controller.abort(loss);
    this.#onLoss?.(loss);
  }
}
