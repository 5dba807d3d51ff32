import { withDeadline } from './deadline.ts';
import { isPromise, type MaybePromise } from './maybe-promise.ts';
import type { StoreOperation } from './store.ts';

/** Its signal is made when a store looks at it: to make one takes longer than to ask some stores. */
class Operation implements StoreOperation {
  readonly #controller = new AbortController();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  giveUp(): void {
    this.#controller.abort();
  }
}

/** Some clients queue for minutes while the server is away; a delivery cannot wait for that. */
export function askStore<T>(
  ms: number,
  ask: (operation: StoreOperation) => MaybePromise<T>,
): MaybePromise<T> {
  const operation = new Operation();
  const answer = ask(operation);
  if (!isPromise(answer)) return answer;
  return withDeadline(ms, answer, () => {
    operation.giveUp();
    return lateStore(ms);
  });
}

export const lateStore = (ms: number): Error => new Error(`the store did not answer within ${ms} ms`);

/**
 * Forgets a key in a store that can.
 *
 * @throws Error when it cannot, or does not answer
 */
export async function forgetIn(
  store: { readonly name: string; forget?(key: string): Promise<boolean> },
  ms: number,
  key: string,
): Promise<boolean> {
  return askStore(ms, async () => {
    if (store.forget === undefined) throw new Error(`the ${store.name} store cannot forget a key`);
    return store.forget(key);
  });
}
