import type { Operation, Verb } from './operation.ts';

/** Some moment in between, in ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type State =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'pending';
      readonly token: string;
      readonly fence: number;
      readonly attempt: number;
      /** When its lease ends. */
      readonly over: Span;
    }
  | { readonly kind: 'free'; readonly token: string; readonly fence: number; readonly attempt: number }
  | { readonly kind: 'done'; readonly token: string };

type Pending = Extract<State, { kind: 'pending' }>;
type Claim = Extract<Operation['answer'], object>;

/** ms that two servers' clocks, and the rounding of what they count down, may be apart. */
const SLACK = 3;

const later = ({ from, to }: Span, ms: number): Span => ({ from: from + ms - SLACK, to: to + ms + SLACK });

const common = (one: Span, other: Span): Span => ({
  from: Math.max(one.from, other.from),
  to: Math.min(one.to, other.to),
});

const mayBeOver = ({ over }: Pending, at: Span): boolean => at.to >= over.from;

/** Pending anew, if the answer counts on from what came before. */
function taken(
  { token, lease }: Operation,
  at: Span,
  answer: Claim,
  before: { readonly fence: number; readonly attempt: number },
  takeover: boolean,
): readonly State[] {
  if (answer.status !== 'claimed' || answer.takeover !== takeover) return [];
  const { fence, attempt } = answer;
  if (fence !== before.fence + 1 || attempt !== before.attempt + 1) return [];
  return [{ kind: 'pending', token, fence, attempt, over: later(at, lease) }];
}

/** A claim that comes again: nothing happens, or its lease begins anew, which is as safe. */
function resent(state: Pending, { lease }: Operation, at: Span, answer: Claim): readonly State[] {
  if (answer.status !== 'claimed') return [];
  if (answer.fence !== state.fence || answer.attempt !== state.attempt) return [];
  return [state, { ...state, over: later(at, lease) }];
}

/** What is left of the lease tells when it ends. */
function busy(state: Pending, at: Span, answer: Claim): readonly State[] {
  if (answer.status !== 'busy') return [];
  const over = common(state.over, later(at, answer.retryAfterMs));
  return over.from <= over.to && at.from <= over.to ? [{ ...state, over }] : [];
}

function claim(state: State, operation: Operation, at: Span): readonly State[] {
  const answer = operation.answer as Claim;
  switch (state.kind) {
    case 'absent':
      return taken(operation, at, answer, { fence: 0, attempt: 0 }, false);
    case 'free':
      return taken(operation, at, answer, state, false);
    case 'done':
      return answer.status === 'done' ? [state] : [];
    case 'pending':
      return [
        ...(mayBeOver(state, at) ? taken(operation, at, answer, state, true) : []),
        ...(state.token === operation.token ? resent(state, operation, at, answer) : busy(state, at, answer)),
      ];
  }
}

/** What a verb that its owner may use makes of a record; undefined: refused. */
const settled: Record<
  Exclude<Verb, 'claim'>,
  (state: Exclude<State, { kind: 'absent' }>, operation: Operation, at: Span) => State | undefined
> = {
  complete: (state) => (state.kind === 'free' ? undefined : { kind: 'done', token: state.token }),
  release: (state) => (state.kind === 'done' ? undefined : { ...state, kind: 'free' }),
  extend: (state, { lease }, at) =>
    state.kind === 'pending' ? { ...state, over: later(at, lease) } : undefined,
};

/**
 * Every state in which one operation may have left a key, by what it was answered; none: no correct store answers
 * that. A lease ends at a time that nobody outside knows exactly: it may be over as soon as it can be, and may last
 * for as long as it can.
 *
 * @param at when it read the clock
 */
export function after(state: State, operation: Operation, at: Span): readonly State[] {
  const { verb, token, answer } = operation;
  if (verb === 'claim') return claim(state, operation, at);
  const isOwner = state.kind !== 'absent' && state.token === token;
  const next = isOwner ? settled[verb](state, operation, at) : undefined;
  if (answer !== (next !== undefined)) return [];
  return [next ?? state];
}
