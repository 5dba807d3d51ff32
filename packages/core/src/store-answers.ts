import type { ClaimResult } from './store.ts';
import type { TakeResult } from './transactional-store.ts';

/** A store may be the application's own, and what none of them answers must not decide over a delivery. */
const nonsense = (verb: string): TypeError =>
  new TypeError(`the store answered ${verb} with something that no store answers`);

type Answer = ClaimResult | TakeResult;

/** What has to be known of each answer. */
const shapes: {
  readonly [Status in Answer['status']]: (answer: Extract<Answer, { status: Status }>) => boolean;
} = {
  claimed: ({ attempt, fence }) => Number.isFinite(attempt) && Number.isFinite(fence),
  taken: ({ attempt }) => Number.isFinite(attempt),
  done: () => true,
  busy: ({ retryAfterMs }) => Number.isFinite(retryAfterMs),
};

function known<Known extends Answer>(verb: string, answer: Known, success: Answer['status']): Known {
  const { status } = answer;
  const isOne = status === success || status === 'done' || status === 'busy';
  if (isOne && (shapes[status] as (answer: Answer) => boolean)(answer)) return answer;
  throw nonsense(verb);
}

/** @throws TypeError for what is no answer to `claim` */
export const claimResult = (answer: ClaimResult): ClaimResult => known('claim', answer, 'claimed');

/** @throws TypeError for what is no answer to `take` */
export const takeResult = (answer: TakeResult): TakeResult => known('take', answer, 'taken');

/** @throws TypeError for what is neither true nor false */
export function yesOrNo(verb: string, answer: unknown): boolean {
  if (typeof answer === 'boolean') return answer;
  throw nonsense(verb);
}
