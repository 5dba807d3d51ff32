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

/** Takes one value after the other, and waits only where a step has to. */
export function inTurn<T>(
  values: readonly T[],
  step: (value: T) => MaybePromise<unknown>,
  from = 0,
): MaybePromise<unknown> {
  for (let at = from; at < values.length; at++) {
    const done = step(values[at] as T);
    if (isPromise(done)) return Promise.resolve(done).then(() => inTurn(values, step, at + 1));
  }
  return undefined;
}
