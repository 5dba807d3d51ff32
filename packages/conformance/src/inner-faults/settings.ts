import { NOW } from './delivery.ts';

interface Durations {
  readonly timeout: number;
  readonly deadline: number;
  readonly maxRun: number;
}

/** All in ms, and all different, so that it shows which of them was waited for. */
export const settings = {
  now: () => NOW,
  timeout: 70,
  deadline: 50,
  maxRun: 400,
  lease: 9000,
} as const;

/** When the answer of a fault comes that comes too late for everybody. */
export const LATE = 1000;

/** ms before a sender comes again for the first time; after that twice as long each time. */
export const PAUSE = 60;

/**
 * The longest that a sender may have to wait: one part that hangs costs `timeout`, or `deadline` at each of its two
 * keys and in the settling, or `maxRun` and up to as much again for the beat that notices it.
 */
export const longest = ({ timeout, deadline, maxRun }: Durations): number =>
  timeout + 4 * deadline + 2 * maxRun;
