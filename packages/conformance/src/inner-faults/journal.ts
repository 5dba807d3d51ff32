import type { DedupStore, RunContext } from '@countersign/core';
import type { Tx } from '../../../core/test/support/memory-database.ts';

/** What is to be seen of a case from outside. */
export interface Journal {
  /** Notes that a handler runs. Returns the number of this run, over all attempts. */
  begin(id: string): number;
  /** Runs of the handler in which no fault strikes. */
  runs(id: string): number;
  /** What a handler is there for: kept in the transaction, where there is one. */
  effect(id: string, context: RunContext<unknown> | undefined): Promise<void>;
  /** What was done and is there to stay. */
  effects(id: string): number;
  /** The same store, of which it is noted when a claim takes over what another one has not let go. */
  watch(store: DedupStore): DedupStore;
  /** Whether a lease had to end before something was claimed. */
  tookOver(): boolean;
}

/**
 * @param isStruck whether a fault may strike here
 * @param rows what is committed
 */
export function createJournal(
  isStruck: () => boolean,
  rows: () => Readonly<Record<string, unknown>>,
): Journal {
  const runs: { readonly id: string; readonly isStruck: boolean }[] = [];
  const effects: string[] = [];
  let takeovers = 0;

  return {
    begin: (id) => runs.push({ id, isStruck: isStruck() }),
    runs: (id) => runs.filter((run) => run.id === id && !run.isStruck).length,
    async effect(id, context) {
      const tx = context?.tx as Tx | undefined;
      if (tx === undefined) effects.push(id);
      else await tx.set(`${id} ${runs.length}`, true);
    },
    effects: (id) =>
      effects.filter((each) => each === id).length +
      Object.keys(rows()).filter((row) => row.startsWith(`${id} `)).length,
    watch: (store) => ({
      ...store,
      async claim(...request) {
        const result = await store.claim(...request);
        if (result.status === 'claimed' && result.takeover) takeovers++;
        return result;
      },
    }),
    tookOver: () => takeovers > 0,
  };
}
