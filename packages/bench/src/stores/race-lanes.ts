import { median } from '../median.ts';
import type { Lane } from './lane.ts';

export interface Rates {
  /** Deliveries a second: the median of all rounds. */
  readonly ours: number;
  readonly raw?: number;
  /** Ours to raw in the same round: the median, and how far the rounds lie apart. */
  readonly ratio?: number;
  readonly spread?: readonly [number, number];
}

async function rate({ run }: Lane, concurrency: number, ms: number): Promise<number> {
  const begin = performance.now();
  let done = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() - begin < ms) {
      await run();
      done++;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return (done * 1000) / (performance.now() - begin);
}

/** Both lanes in turn, whoever begins, so that a machine that is busy for a while is so for both. */
export async function raceLanes(
  ours: Lane,
  raw: Lane | undefined,
  concurrency: number,
  rounds: number,
  ms: number,
): Promise<Rates> {
  const lanes = { ours, raw };
  const rates: { ours: number; raw: number }[] = [];
  for (let round = -1; round < rounds; round++) {
    const found = { ours: 0, raw: 0 };
    const order = round % 2 === 0 ? (['ours', 'raw'] as const) : (['raw', 'ours'] as const);
    for (const each of order) {
      const lane = lanes[each];
      if (lane !== undefined) found[each] = await rate(lane, concurrency, ms);
    }
    // The first round only warms up.
    if (round >= 0) rates.push(found);
  }
  const middle = { ours: median(rates.map((each) => each.ours)) };
  if (raw === undefined) return middle;
  const ratios = rates.map((each) => each.ours / each.raw);
  return {
    ...middle,
    raw: median(rates.map((each) => each.raw)),
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
  };
}
