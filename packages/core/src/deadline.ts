/** Timers run at once when they are set to more. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** Waits for work, but not for ever. What the work does after that is its own affair. */
export function withDeadline<T>(ms: number, work: PromiseLike<T>, onLate: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(onLate()), Math.min(ms, LONGEST_TIMER));
    Promise.resolve(work).then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
