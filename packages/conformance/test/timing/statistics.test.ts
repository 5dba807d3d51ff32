import { describe, expect, it } from 'vitest';
import { random } from '../../src/crash/random.ts';
import { compare, THRESHOLD } from '../../src/timing/statistics.ts';

/** Durations of a machine that does other things too: most of them near 20 µs, some of them interrupted. */
function durations(chance: () => number, count: number, more = 0): Float64Array {
  return Float64Array.from({ length: count }, () => {
    const noise = 2000 * (chance() + chance() + chance());
    return 20_000 + more + noise + (chance() < 0.05 ? 1e6 * chance() : 0);
  });
}

const seeds = Array.from({ length: 20 }, (_, at) => at + 1);

describe.each(seeds)('of durations made by seed %i', (seed) => {
  const measured = (more: number) => {
    const chance = random(seed);
    const samples = { first: durations(chance, 5000), last: durations(chance, 5000, more) };
    return compare(samples, chance);
  };

  it('none that are alike are told apart', () => {
    const { t, interval } = measured(0);
    expect(t).toBeLessThan(THRESHOLD);
    expect(interval[0]).toBeLessThan(interval[1]);
  });

  it('those that differ by 200 ns are, and it is said by how much', () => {
    const { t, interval, difference, medians } = measured(200);
    expect(t).toBeGreaterThan(THRESHOLD);
    expect(difference).toBeLessThan(0);
    expect(interval[1]).toBeLessThan(0);
    expect(medians[0]).toBeLessThan(medians[1]);
  });
});

it('the interval holds the difference 99 times of 100', () => {
  const missed = Array.from({ length: 200 }, (_, at) => {
    const chance = random(at + 1000);
    const samples = { first: durations(chance, 500), last: durations(chance, 500) };
    const [from, to] = compare(samples, chance).interval;
    return from > 0 || to < 0;
  }).filter(Boolean);
  expect(missed.length).toBeLessThan(10);
});
