import type { GateRules } from './gate-rules.ts';

/** Asks again while the answer is `busy`, for as long as one delivery may wait. */
export type Patience = <Answer extends { readonly status: string }>(
  ask: () => Promise<Answer>,
) => Promise<Answer>;

/** ms between two questions. */
const PAUSE = { first: 25, longest: 400 };

/**
 * Where duplicates of what is running wait for its end, so many at a time: each holds a connection of its sender, and
 * asks the store a few times a second. Makes one patience for each delivery, which all its keys share.
 */
export function waitingRoom({ waitMs, waiters }: GateRules['inFlight']): () => Patience {
  let waiting = 0;

  return function begin() {
    if (waiters === 0) return (ask) => ask();
    // Not the wall clock: one that is set back would have them wait for hours.
    const until = performance.now() + waitMs;
    return async function whileBusy(ask) {
      let answer = await ask();
      if (answer.status !== 'busy' || waiting >= waiters) return answer;
      waiting++;
      try {
        for (let pause = PAUSE.first; answer.status === 'busy'; pause = Math.min(pause * 2, PAUSE.longest)) {
          const left = until - performance.now();
          if (left <= 0) break;
          await new Promise((resolve) => setTimeout(resolve, Math.min(pause, left)));
          answer = await ask();
        }
        return answer;
      } finally {
        waiting--;
      }
    };
  };
}
