/** Timers run at once when they are set to more. */
export const LONGEST_TIMER = 2 ** 31 - 1;

const NOW = Promise.resolve();

/**
 * Waits for work, but not for ever. What the work does after that is its own affair. What is there after two turns of
 * the queue gets no timer: to set one and take it back costs more than a store in memory needs to answer.
 */
export function withDeadline<T>(ms: number, work: PromiseLike<T>, onLate: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = (): void => {
      isOver = true;
      clearTimeout(timer);
    };
    Promise.resolve(work).then(
      (value) => {
        over();
        resolve(value);
      },
      (error) => {
        over();
        reject(error);
      },
    );
    const watch = (): void => {
      if (!isOver) timer = setTimeout(() => reject(onLate()), Math.min(ms, LONGEST_TIMER));
    };
    void NOW.then(() => void NOW.then(watch));
  });
}
