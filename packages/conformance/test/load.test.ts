import { describe, expect, it } from 'vitest';
import { growths } from '../src/load/growth.ts';
import { Histogram } from '../src/load/histogram.ts';
import type { Mistake, StoreName } from '../src/load/load-options.ts';
import { loadRun } from '../src/load/load-run.ts';
import { describeServers } from './support/describe-servers.ts';

/** `npm run test:load` takes ten minutes for each store, at 80 % of what the server can do. */
const short = { seconds: 4, rate: 100, seed: 1 };

const timeout = 90_000;

await describeServers('under load', ['redis', 'postgres'], () => {
  it.each<StoreName>(['redis', 'postgres'])('%s: none lost, none twice', { timeout }, async (store) => {
    const { complaints, plans, traffic } = await loadRun({ ...short, store });
    expect(complaints).toEqual([]);
    expect(plans).toBeGreaterThan(200);
    const { first, duplicate, tampered, redelivered } = traffic.tallies;
    for (const { times } of [first, duplicate, tampered, redelivered]) expect(times.count).toBeGreaterThan(0);
  });

  const mistakes: readonly (readonly [Mistake, RegExp])[] = [
    ['remembers nothing', /events were handled more than once/],
    ['drops one in ten', /events were lost/],
    ['handles one in ten twice', /events were handled more than once/],
    ['verifies nothing', /forgeries were handled/],
  ];

  it.each(mistakes)('finds out a server that %s', { timeout }, async (mistake, complaint) => {
    const { complaints } = await loadRun({ ...short, seconds: 1.5, store: 'redis', mistake });
    expect(complaints.join('; ')).toMatch(complaint);
  });
});

describe('the figures of a load run', () => {
  it('have quantiles that are right within 2 %', () => {
    const times = new Histogram();
    for (let ms = 1; ms <= 1000; ms++) times.add(ms);
    for (const share of [0.5, 0.95, 0.99]) {
      expect(times.quantile(share) / (share * 1000)).toBeGreaterThan(0.999);
      expect(times.quantile(share) / (share * 1000)).toBeLessThan(1.021);
    }
    expect(times.quantile(1)).toBe(1000);
  });

  const MIB = 1024 * 1024;
  const run = (heap: (at: number) => number) =>
    growths(Array.from({ length: 30 }, (_, at) => ({ heap: heap(at) * MIB, rss: 100 * MIB })));

  it.each<[string, (at: number) => number, boolean]>([
    ['steady', () => 20, false],
    ['up and down', (at) => 20 + (at % 5), false],
    ['warm, then steady', (at) => Math.min(10 + at, 20), false],
    ['a byte for each of many', (at) => 20 + at / 2, true],
  ])('know what grows: %s', (_, heap, grows) => {
    expect(run(heap).length > 0).toBe(grows);
  });
});
