import { type DedupStore, memoryStore } from '@countersign/core';
import { Journal } from './journal.ts';

type Verb = 'claim' | 'complete' | 'release' | 'extend';

/** A memory store whose calls can be waited for, and made to fail. */
export interface WatchedStore extends DedupStore {
  /** Each verb, once it has been answered. */
  readonly calls: Journal<Verb>;
}

/**
 * Makes a {@link WatchedStore}.
 *
 * @param faults verbs that behave otherwise than in a memory store; they are handed the one they stand for
 * @example
 * ```ts
 * const store = watchedStore(() => ({ claim: () => Promise.reject(new Error('down')) }));
 * ```
 */
export function watchedStore(
  faults: (inner: DedupStore) => Partial<Pick<DedupStore, Verb>> = () => ({}),
): WatchedStore {
  const inner = memoryStore();
  const store: DedupStore = { ...inner, ...faults(inner) };
  const calls = new Journal<Verb>();

  async function noted<Answer>(verb: Verb, answer: Promise<Answer>): Promise<Answer> {
    try {
      return await answer;
    } finally {
      calls.add(verb);
    }
  }

  return {
    ...store,
    name: 'watched',
    calls,
    claim: (...given) => noted('claim', store.claim(...given)),
    complete: (...given) => noted('complete', store.complete(...given)),
    release: (...given) => noted('release', store.release(...given)),
    extend: (...given) => noted('extend', store.extend(...given)),
  };
}
