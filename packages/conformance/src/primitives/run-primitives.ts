import type { Tally } from './primitive.ts';
import { primitives } from './subjects/index.ts';

const allShares = primitives.reduce((sum, { share }) => sum + share, 0);

/** Each primitive in turn, on its share of the runs. */
export async function* runPrimitives(seed: number, runs: number, isLong: boolean): AsyncGenerator<Tally> {
  for (const { share, run } of primitives) {
    yield run({ seed, runs: Math.ceil((runs * share) / allShares), isLong });
  }
}
