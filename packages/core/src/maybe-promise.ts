/** A value that is there already, or will be. `await` takes both; Node's crypto gives the former, WebCrypto the latter. */
export type MaybePromise<T> = T | Promise<T>;

/** By its shape: a promise of another realm (a library's own, an edge runtime's) is one too, and never a value. */
export const isPromise = <T>(value: MaybePromise<T>): value is Promise<T> =>
  ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
  typeof (value as { then?: unknown }).then === 'function';

/** Goes on with a value: at once if it is there, for a turn of the queue costs as much as taking a delivery apart. */
export function andThen<T, Next>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<Next>,
): MaybePromise<Next> {
  return isPromise(value) ? Promise.resolve(value).then(next) : next(value);
}

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

/** Asks all of the values, one after the other, waits only where one has to, and returns the first answer there is. */
export function firstOf<T, Answer>(
  values: readonly T[],
  ask: (value: T) => MaybePromise<Answer | undefined>,
  from = 0,
  found?: Answer,
): MaybePromise<Answer | undefined> {
  let first = found;
  for (let at = from; at < values.length; at++) {
    const answer = ask(values[at] as T);
    if (isPromise(answer)) {
      return Promise.resolve(answer).then((late) => firstOf(values, ask, at + 1, first ?? late));
    }
    first ??= answer;
  }
  return first;
}
