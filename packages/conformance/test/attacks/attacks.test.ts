import { describe, expect, it } from 'vitest';
import { attacks } from '../../src/attacks/attacks.ts';
import { attackAll } from '../../src/attacks/campaign.ts';
import { judgeWith, mistakes } from '../../src/attacks/mistakes.ts';
import { crossAll } from '../../src/attacks/pairs.ts';
import { swellAll } from '../../src/attacks/sizes.ts';
import { targetOf } from '../../src/attacks/target.ts';
import { vendorFacts } from '../../src/attacks/vendor-facts.ts';
import { confidants } from '../../src/privacy/confidants.ts';

const targets = (await confidants()).map(targetOf);

it('every provider is attacked, and every vendor that can be is recomputed', () => {
  expect(targets.length).toBeGreaterThanOrEqual(229);
  const recomputed = targets.filter(({ fact }) => fact !== undefined);
  expect(recomputed.length).toBe(Object.keys(vendorFacts).length);
});

it('20,000 deliveries, and no wrong verdict', { timeout: 120_000 }, async () => {
  const { tallies, wrong } = await attackAll(targets, { seed: 1, deliveries: 20_000 });
  expect([...wrong]).toEqual([]);
  for (const name of Object.keys(attacks)) expect(tallies.get(name)?.tried, name).toBeGreaterThan(0);
});

it('each delivery, at every other receiver', { timeout: 240_000 }, async () => {
  const { tried, wrong } = await crossAll(targets);
  expect(wrong).toEqual([]);
  expect(tried).toBeGreaterThan(90_000);
});

it('headers of a megabyte, refused before they are read', { timeout: 120_000 }, async () => {
  const { tried, wrong } = await swellAll(targets.filter((_, at) => at % 10 === 0));
  expect(wrong).toEqual([]);
  expect(tried).toBeGreaterThan(1000);
});

describe('an attack finds a verifier that', () => {
  it.each(Object.entries(mistakes))('%s', async (_, mistake) => {
    const careful = targets.find(({ title }) => title === mistake.file);
    if (careful === undefined) throw new Error(`there is no ${mistake.file}`);
    const careless = { ...careful, judge: judgeWith(mistake, careful.secret) };
    const { tallies, wrong } = await attackAll([careless], { seed: 1, deliveries: 500 });
    expect(wrong.size).toBeGreaterThan(0);
    expect(tallies.get('as it was sent')?.wrong).toBe(0);
  });
});
