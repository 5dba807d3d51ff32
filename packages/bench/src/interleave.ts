import { median } from './median.ts';
import type { Call } from './verify/contender.ts';

export interface Timing {
  /** µs of processor time a call: the median of all rounds. */
  readonly us: number;
  /** To the first lane in the same round, the median; and how far three quarters of the rounds lie apart. */
  readonly ratio: number;
  readonly spread: readonly [low: number, high: number];
}

/** Of what was made lately: what a round of calls leaves behind is there. */
function collect(): void {
  if (gc === undefined) throw new Error('run this with --expose-gc');
  gc({ type: 'minor' });
}

/**
 * Processor time, all threads: a machine that does other things in between is not counted. Each lane pays for its own
 * garbage, and for no other's: a native `Hmac` costs as much to be buried as to be made, and would be so on the lane
 * that comes next.
 */
async function timed({ run, supply }: Call, calls: number): Promise<number> {
  supply?.(calls);
  collect();
  const begin = process.cpuUsage();
  for (let call = 0; call < calls; call++) {
    const done = run();
    // Only what is a promise is waited for: a synchronous lane must not pay for it.
    if (done instanceof Promise) await done;
  }
  collect();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / calls;
}

/** Rounds that are not counted. */
const WARM_UP = 10;

/** So many calls as the first lane makes in a round of `ms`. */
async function callsIn(lane: Call, ms: number): Promise<number> {
  await timed(lane, 50);
  return Math.max(4, Math.round((ms * 1000) / (await timed(lane, 50))));
}

/** All lanes in turn, each round beginning with another one: a machine that is busy for a while is so for all. */
export async function interleave(
  lanes: readonly Call[],
  rounds: number,
  ms: number,
): Promise<readonly Timing[]> {
  const calls = await callsIn(lanes[0] as Call, ms);
  const found: number[][] = lanes.map(() => []);
  for (let round = -WARM_UP; round < rounds; round++) {
    for (let step = 0; step < lanes.length; step++) {
      const lane = (step + round + WARM_UP) % lanes.length;
      const us = await timed(lanes[lane] as Call, calls);
      // Code that is not compiled yet is not counted.
      if (round >= 0) found[lane]?.push(us);
    }
  }
  const [first = []] = found;
  return found.map((each) => {
    const ratios = each.map((us, round) => us / (first[round] as number));
    return {
      us: median(each),
      ratio: median(ratios),
      spread: [median(ratios, 0.125), median(ratios, 0.875)],
    };
  });
}
