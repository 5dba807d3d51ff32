import { type LeftOut, leftOut } from './left-out.ts';
import type { Column, Failure, Tally } from './tally.ts';

/** One column of one row. */
export interface Cell {
  readonly column: Column;
  readonly passed: number;
  readonly deliveries: number;
  readonly excused: readonly { readonly name: string; readonly reason: string }[];
  /** What went wrong; nothing, if it is to count as passed. */
  readonly complaints: readonly string[];
}

const covers = ({ checks }: LeftOut, { name }: Failure): boolean =>
  checks.some((check) => name.includes(check));

/**
 * Adds up what was found in a column. It has to be as much as was expected, and what is left out has to fail: otherwise
 * there is no reason any more to leave it out.
 */
export function cellOf(runtime: string, column: Column, tallies: readonly Tally[], expected: number): Cell {
  const own = tallies.filter((tally) => tally.column === column);
  const passed = own.reduce((sum, tally) => sum + tally.passed, 0);
  const failures = own.flatMap((tally) => tally.failures);
  const excuses = leftOut.filter((each) => each.runtime === runtime && each.column === column);
  const excuseOf = (failure: Failure) => excuses.find((excuse) => covers(excuse, failure));
  const ran = passed + failures.length;
  return {
    column,
    passed,
    deliveries: own.reduce((sum, tally) => sum + tally.deliveries, 0),
    excused: failures.flatMap((failure) => {
      const excuse = excuseOf(failure);
      return excuse ? [{ name: failure.name, reason: excuse.reason }] : [];
    }),
    complaints: [
      ...failures.filter((failure) => !excuseOf(failure)).map(({ name, message }) => `${name}: ${message}`),
      ...(ran < expected ? [`only ${ran} of ${expected} checks were made`] : []),
      ...excuses
        .filter((excuse) => !failures.some((failure) => covers(excuse, failure)))
        .map(({ checks }) => `left out, and passes: ${checks}`),
    ],
  };
}
