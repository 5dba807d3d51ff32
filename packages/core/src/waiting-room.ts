import type { GateRules } from './gate-rules.ts';
import { andThen, type MaybePromise } from './maybe-promise.ts';

/** Asks again while the answer is `busy`, for as long as one delivery may wait. */
export type Patience = <Answer extends { readonly status: string }>(
  ask: () => MaybePromise<Answer>,
) => MaybePromise<Answer>;

/** ms between two questions. */
const PAUSE = { first: 25, longest: 400 };

/**
 * Where duplicates of what is running wait for its end, so many at a time: each holds a connection of its sender, and
 * asks the store a few times a second. Makes one patience for each delivery, which all its keys share.
 */
export function waitingRoom({ waitMs, waiters }: GateRules['inFlight']): () => Patience {
  let waiting = 0;

  return function begin() {
    // Not the wall clock: one that is set back would have them wait for hours.
    let until: number | undefined;

    async function waitFor<Answer extends { readonly status: string }>(
      ask: () => MaybePromise<Answer>,
      busy: Answer,
    ): Promise<Answer> {
      until ??= performance.now() + waitMs;
      let answer = busy;
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
    }

    return (ask) =>
      andThen(ask(), (answer) =>
        answer.status === 'busy' && waiting < waiters ? waitFor(ask, answer) : answer,
      );
  };
}
