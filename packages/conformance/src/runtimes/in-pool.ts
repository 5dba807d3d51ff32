/** Runs jobs, so many at a time; their results in the order of the jobs. */
export async function inPool<Value>(size: number, jobs: readonly (() => Promise<Value>)[]): Promise<Value[]> {
  const results: Value[] = [];
  const left = jobs.entries();
  async function work(): Promise<void> {
    for (const [index, job] of left) results[index] = await job();
  }
  await Promise.all(Array.from({ length: size }, work));
  return results;
}
