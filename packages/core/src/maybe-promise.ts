/** A value that is there already, or will be. `await` takes both; Node's crypto gives the former, WebCrypto the latter. */
export type MaybePromise<T> = T | Promise<T>;

/** Goes on with a value: at once if it is there, for a turn of the queue costs as much as taking a delivery apart. */
export function andThen<T, Next>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<Next>,
): MaybePromise<Next> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Takes one value after the other, and waits only where a step has to. */
export function inTurn<T>(
  values: readonly T[],
  step: (value: T) => MaybePromise<unknown>,
  from = 0,
): MaybePromise<unknown> {
  for (let at = from; at < values.length; at++) {
    const done = step(values[at] as T);
    if (done instanceof Promise) return done.then(() => inTurn(values, step, at + 1));
  }
  return undefined;
}
