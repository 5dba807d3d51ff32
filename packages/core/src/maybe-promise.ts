import { withOne } from './with-one.ts';

/** A value that is there already, or will be. `await` takes both; Node's crypto gives the former, WebCrypto the latter. */
export type MaybePromise<T> = T | Promise<T>;

/** By its shape: a promise of another realm (a library's own, an edge runtime's) is one too, and never a value. */
export const isPromise = <T>(value: MaybePromise<T>): value is Promise<T> =>
  ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
  typeof (value as { then?: unknown }).then === 'function';

// Closures are made where there is something to wait for, and nowhere else: to be able to make one costs memory too.

const later = <T, Context, Next>(
  value: Promise<T>,
  next: (value: T, context: Context) => MaybePromise<Next>,
  context: Context,
): Promise<Next> => Promise.resolve(value).then((late) => next(late, context));

/**
 * Goes on with a value: at once if it is there, for a turn of the queue costs as much as taking a delivery apart.
 * What else `next` needs is handed to it as `context`.
 */
export function andThen<T, Next>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<Next>,
): MaybePromise<Next>;
export function andThen<T, Context, Next>(
  value: MaybePromise<T>,
  next: (value: T, context: Context) => MaybePromise<Next>,
  context: Context,
): MaybePromise<Next>;
export function andThen<T, Context, Next>(
  value: MaybePromise<T>,
  next: (value: T, context: Context) => MaybePromise<Next>,
  context?: Context,
): MaybePromise<Next> {
  return isPromise(value) ? later(value, next, context as Context) : next(value, context as Context);
}

/** All of the values, in their order: at once if they are there. */
export const allOf = <T extends readonly unknown[]>(
  values: readonly [...{ [At in keyof T]: MaybePromise<T[At]> }],
): MaybePromise<T> =>
  (values as readonly unknown[]).some(isPromise)
    ? (Promise.all(values) as Promise<unknown> as Promise<T>)
    : (values as readonly unknown[] as T);

/** `try` and `catch`, for what may come later. */
export function orElse<T>(
  attempt: () => MaybePromise<T>,
  onError: (cause: unknown) => MaybePromise<T>,
): MaybePromise<T> {
  try {
    const value = attempt();
    return isPromise(value) ? Promise.resolve(value).then(undefined, onError) : value;
  } catch (cause) {
    return onError(cause);
  }
}

type Ask<T, Context, Answer> = (value: T, context: Context) => MaybePromise<Answer>;

const askLater = <T, Context, Answer>(
  answer: Promise<Answer>,
  values: readonly T[],
  ask: Ask<T, Context, Answer>,
  context: Context,
  answers: Answer[],
): Promise<readonly Answer[]> =>
  Promise.resolve(answer).then((late) => askAll(values, ask, context, withOne(answers, late)));

/** Asks all of the values, one after the other, whatever they answer, and waits only where one has to. */
export function askAll<T, Context, Answer>(
  values: readonly T[],
  ask: Ask<T, Context, Answer>,
  context: Context,
  given: Answer[] = [],
): MaybePromise<readonly Answer[]> {
  let answers = given;
  for (let at = answers.length; at < values.length; at++) {
    const answer = ask(values[at] as T, context);
    if (isPromise(answer)) return askLater(answer, values, ask, context, answers);
    answers = withOne(answers, answer);
  }
  return answers;
}
