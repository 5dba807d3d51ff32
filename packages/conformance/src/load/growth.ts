import type { Vitals } from './messages.ts';

const MIB = 1024 * 1024;

/** What may come and go without meaning anything: a share of what was there, and bytes. */
const allowed = { heap: [0.1, 1 * MIB], rss: [0.1, 8 * MIB] } as const;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Fewer samples say nothing. */
const ENOUGH = 9;

/** What grew from the middle third of a run to its last; the first is for warming up. */
export function growths(samples: readonly Pick<Vitals, 'heap' | 'rss'>[]): string[] {
  if (samples.length < ENOUGH) return [];
  const third = Math.floor(samples.length / 3);
  return (['heap', 'rss'] as const).flatMap((what) => {
    const values = samples.map((each) => each[what]);
    const middle = median(values.slice(third, 2 * third));
    const last = median(values.slice(-third));
    const [share, bytes] = allowed[what];
    if (last <= middle * (1 + share) + bytes) return [];
    return [`${what} grew from ${(middle / MIB).toFixed(1)} to ${(last / MIB).toFixed(1)} MiB`];
  });
}
