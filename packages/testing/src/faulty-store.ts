import type { DedupStore } from '@countersign/core';

/** The verbs that can go wrong. */
export type StoreVerb = 'claim' | 'complete' | 'release' | 'extend' | 'forget' | 'purge';

/**
 * What goes wrong with a call of a store:
 *
 * - `refused`: it fails before anything is done, as when no connection is to be had
 * - `reply-lost`: it is done, and fails: the answer never arrives
 * - `delayed`: it is done `ms` later, whether or not anybody still waits for it
 */
export type StoreFault = {
  readonly verb: StoreVerb;
  /** Which call of the verb, from 1. Default: every one. */
  readonly call?: number;
} & (
  | { readonly fault: 'refused' | 'reply-lost' }
  | { readonly fault: 'delayed' /** ms */; readonly ms: number }
);

/** A store behind faults, which says what has gone wrong so far. */
export interface FaultyStore extends DedupStore {
  readonly injected: readonly StoreFault[];
}

/**
 * A store whose calls go wrong as they do over a network. For tests of stores, gates and receivers. Several faults of
 * one call: the first in the list counts.
 *
 * @param store any store; its own state is real
 * @param plan what goes wrong, and when
 * @example
 * ```ts
 * const store = faultyStore(memoryStore(), [{ verb: 'complete', call: 1, fault: 'reply-lost' }]);
 * const receiver = createReceiver(provider, { store, on: { '*': (event) => work(event) } });
 * ```
 */
export function faultyStore(store: DedupStore, plan: readonly StoreFault[]): FaultyStore {
  const calls = new Map<StoreVerb, number>();
  const injected: StoreFault[] = [];

  function next(verb: StoreVerb): { fault: StoreFault | undefined; call: number } {
    const call = (calls.get(verb) ?? 0) + 1;
    calls.set(verb, call);
    const fault = plan.find((each) => each.verb === verb && (each.call ?? call) === call);
    if (fault !== undefined) injected.push(fault);
    return { fault, call };
  }

  async function pass<Result>(verb: StoreVerb, run: () => Promise<Result>): Promise<Result> {
    const { fault, call } = next(verb);
    if (fault?.fault === 'refused') throw new Error(`injected fault: ${verb} (call ${call}) was refused`);
    if (fault?.fault === 'delayed') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    const result = await run();
    if (fault?.fault === 'reply-lost') {
      throw new Error(`injected fault: the reply to ${verb} (call ${call}) was lost`);
    }
    return result;
  }

  const { name, capabilities } = store;
  return {
    name,
    capabilities,
    injected,
    claim: (...request) => pass('claim', () => store.claim(...request)),
    complete: (...request) => pass('complete', () => store.complete(...request)),
    release: (...request) => pass('release', () => store.release(...request)),
    extend: (...request) => pass('extend', () => store.extend(...request)),
    // A store that lacks one of these lacks it here too.
    ...(store.forget && {
      forget: (key) => pass('forget', async () => (await store.forget?.(key)) === true),
    }),
    ...(store.purge && {
      purge: (options) => pass('purge', async () => Number(await store.purge?.(options))),
    }),
    ...(store.close && { close: async () => store.close?.() }),
  };
}
