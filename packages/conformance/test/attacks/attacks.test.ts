import { describe, expect, it } from 'vitest';
import { attacks } from '../../src/attacks/attacks.ts';
import { attackAll } from '../../src/attacks/campaign.ts';
import { downgradeMistakes } from '../../src/attacks/mistakes/downgrade-mistakes.ts';
import { type Careless, judgeWith, mistakes } from '../../src/attacks/mistakes/mistakes.ts';
import { ruseMistakes } from '../../src/attacks/mistakes/ruse-mistakes.ts';
import { crossAll } from '../../src/attacks/pairs.ts';
import { verdictOn } from '../../src/attacks/recompute.ts';
import { ruses } from '../../src/attacks/ruses/ruses.ts';
import { swellAll } from '../../src/attacks/sizes.ts';
import { targetOf } from '../../src/attacks/target.ts';
import { vendorFacts } from '../../src/attacks/vendor-facts.ts';
import { random } from '../../src/crash/random.ts';
import { confidants, NOW } from '../../src/privacy/confidants.ts';

const targets = (await confidants()).map(targetOf);

it('every provider is attacked, and every vendor that can be is recomputed', () => {
  expect(targets.length).toBeGreaterThanOrEqual(229);
  const recomputed = targets.filter(({ fact }) => fact !== undefined);
  expect(recomputed.length).toBe(Object.keys(vendorFacts).length);
});

it('20,000 deliveries, and no wrong verdict', { timeout: 120_000 }, async () => {
  const { tallies, wrong } = await attackAll(targets, { seed: 1, deliveries: 20_000 });
  expect([...wrong]).toEqual([]);
  for (const name of Object.keys({ ...attacks, ...ruses }))
    expect(tallies.get(name)?.tried, name).toBeGreaterThan(0);
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

/** What every attack makes of a verifier that is wrong in one way. */
async function attackCareless(mistake: Careless) {
  const careful = targets.find(({ title }) => title === mistake.file);
  if (careful === undefined) throw new Error(`there is no ${mistake.file}`);
  const careless = { ...careful, judge: judgeWith(mistake, careful.secret) };
  const campaign = await attackAll([careless], { seed: 1, deliveries: 800 });
  expect(campaign.tallies.get('as it was sent')?.wrong).toBe(0);
  return campaign;
}

describe('an attack finds a verifier that', () => {
  it.each(Object.entries(mistakes))('%s', async (_, mistake) => {
    const { wrong } = await attackCareless(mistake);
    expect(wrong.size).toBeGreaterThan(0);
  });

  it.each(Object.entries({ ...ruseMistakes, ...downgradeMistakes }))('%s', async (_, mistake) => {
    const { tallies } = await attackCareless(mistake);
    expect(tallies.get(mistake.ruse)?.wrong).toBeGreaterThan(0);
  });
});

describe('a ruse is for as many ways to deliver as have what it works on:', () => {
  // By what they begin with: at least so many.
  const ways: Readonly<Record<string, number>> = {
    'a wrong signature, and': 26,
    'a right one that is weaker': 26,
    'a token that says': 16,
    'a list of': 215,
    'what is signed': 39,
    'a body that was': 33,
    'two fields': 3,
    'two times, the right': 65,
    'two ids': 51,
    'two times beside': 19,
    'in its place, no text': 9,
    'in its place': 14,
  };

  it.each(Object.entries(ruses))('%s', (name, ruse) => {
    const reached = targets.filter((target) => {
      const chance = random(1);
      return Array.from({ length: 20 }, () => ruse(target, chance)).some(Boolean);
    });
    const [, least = Number.NaN] = Object.entries(ways).find(([start]) => name.startsWith(start)) ?? [];
    expect(reached.length).toBeGreaterThanOrEqual(least);
  });
});

it('where a signature stands in no header, its place is known', () => {
  expect(targets.filter(({ header, place }) => header === undefined && place === undefined)).toEqual([]);
});

it('what a vendor computes by our table is what a genuine delivery bears', () => {
  for (const { fact, secret, genuine, title } of targets)
    if (fact) expect(verdictOn(fact, secret, genuine, NOW), title).toBe('genuine');
  for (const { place, expected, title } of targets) if (expected) expect(place?.text, title).toBe(expected);
});
