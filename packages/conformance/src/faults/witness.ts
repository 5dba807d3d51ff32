import { AsyncLocalStorage } from 'node:async_hooks';
import type { DedupStore } from '@countersign/core';

/** A claim that succeeded, as the receiver saw it. Times in ms. */
interface Claimed {
  readonly sent: number;
  readonly answered: number;
  readonly token: string;
  completed?: number;
}

interface Effect {
  readonly at: number;
  readonly claim: Claimed;
}

/** Why an effect happened again. */
export interface Doubles {
  /** The store had forgotten the first one. */
  readonly forgotten: number;
  /** The first was not recorded as done before its lease had run out. */
  readonly unrecorded: number;
  /** Neither: the store is wrong. */
  readonly unexplained: readonly string[];
}

/** Sees what is asked of a store, and what is done under its claims. */
export interface Witness {
  readonly store: DedupStore;
  /** Follows one delivery, so that an effect is known by its own claim: after a loss fences begin anew. */
  follow<Result>(delivery: () => Promise<Result>): Promise<Result>;
  effect(event: string): void;
  /** Events, one for each effect. */
  effects(): readonly string[];
  /** The store forgets what it knew at some moment of `forgetting`. */
  forgetting(forget: () => Promise<unknown>): Promise<void>;
  doubles(lease: number): Doubles;
}

const eventOf = (key: string): string => key.slice(key.lastIndexOf('|') + 1);

export function witness(store: DedupStore): Witness {
  const claims = new Map<string, Claimed[]>();
  const done = new Map<string, Effect[]>();
  const followed = new AsyncLocalStorage<{ claim?: Claimed }>();
  const forgets: { from: number; to: number }[] = [];
  const now = (): number => performance.now();

  const listOf = <T>(map: Map<string, T[]>, event: string): T[] => {
    const list = map.get(event) ?? [];
    map.set(event, list);
    return list;
  };

  function reason(first: Effect, second: Effect, lease: number): keyof Doubles {
    const { sent, completed = Number.POSITIVE_INFINITY } = first.claim;
    const next = second.claim;
    if (forgets.some(({ from, to }) => from <= next.answered && to >= sent)) return 'forgotten';
    const couldBeOver = next.answered - sent >= lease;
    return couldBeOver && completed > next.sent ? 'unrecorded' : 'unexplained';
  }

  return {
    store: {
      ...store,
      async claim(key, request, operation) {
        const sent = now();
        const result = await store.claim(key, request, operation);
        if (result.status === 'claimed') {
          const claim: Claimed = { sent, answered: now(), token: request.token };
          listOf(claims, eventOf(key)).push(claim);
          Object.assign(followed.getStore() ?? {}, { claim });
        }
        return result;
      },
      async complete(key, completion, operation) {
        const kept = await store.complete(key, completion, operation);
        const claim = listOf(claims, eventOf(key)).find(({ token }) => token === completion.token);
        if (kept && claim !== undefined) claim.completed ??= now();
        return kept;
      },
    },
    follow: (delivery) => followed.run({}, delivery),
    effect(event) {
      const claim = followed.getStore()?.claim;
      if (claim === undefined) throw new Error(`an effect of ${event} without a claim`);
      listOf(done, event).push({ at: now(), claim });
    },
    effects: () => [...done].flatMap(([event, effects]) => effects.map(() => event)),
    async forgetting(forget) {
      const span = { from: now(), to: Number.POSITIVE_INFINITY };
      forgets.push(span);
      await forget();
      span.to = now();
    },
    doubles(lease) {
      const count = { forgotten: 0, unrecorded: 0 };
      const unexplained: string[] = [];
      for (const [event, effects] of done) {
        for (const [index, second] of effects.slice(1).entries()) {
          const first = effects[index] as Effect;
          const why = reason(first, second, lease);
          if (why === 'unexplained') unexplained.push(`${event}: ${JSON.stringify([first, second])}`);
          else count[why]++;
        }
      }
      return { ...count, unexplained };
    },
  };
}
