/** Runs `work` so many times, by so many workers. */
export async function inParallel(
  count: number,
  concurrency: number,
  work: () => Promise<unknown>,
): Promise<void> {
  let left = count;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
