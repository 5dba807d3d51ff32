import { withDeadline } from './deadline.ts';
import type { StoreOperation } from './store.ts';

/** Some clients queue for minutes while the server is away; a delivery cannot wait for that. */
export async function askStore<T>(ms: number, ask: (operation: StoreOperation) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  return withDeadline(ms, ask({ signal: controller.signal }), () => {
    controller.abort();
    return lateStore(ms);
  });
}

export const lateStore = (ms: number): Error => new Error(`the store did not answer within ${ms} ms`);

/**
 * Forgets a key in a store that can.
 *
 * @throws Error when it cannot, or does not answer
 */
export function forgetIn(
  store: { readonly name: string; forget?(key: string): Promise<boolean> },
  ms: number,
  key: string,
): Promise<boolean> {
  return askStore(ms, async () => {
    if (store.forget === undefined) throw new Error(`the ${store.name} store cannot forget a key`);
    return store.forget(key);
  });
}
