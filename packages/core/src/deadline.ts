/** Timers run at once when they are set to more. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** Waits for work, but not for ever. What the work does after that is its own affair. */
export async function withDeadline<T>(ms: number, work: Promise<T>, onLate: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(onLate()), Math.min(ms, LONGEST_TIMER));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
