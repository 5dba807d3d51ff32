/** Enough for anybody: each round means that somebody else succeeded between two statements. */
const ROUNDS = 5;

/**
 * Repeats an attempt while it is undecided (undefined): what it found in its way was gone when it looked closer.
 * Undefined when it never was decided, as while a transaction has the key.
 */
export async function untilDecided<Result>(
  attempt: () => Promise<Result | undefined>,
): Promise<Result | undefined> {
  for (let round = 0; round < ROUNDS; round++) {
    const result = await attempt();
    if (result !== undefined) return result;
  }
  return undefined;
}
