import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Primitive, primitive } from '../../src/primitives/primitive.ts';
import { primitives } from '../../src/primitives/subjects/index.ts';
import { runningCrypto } from '../../src/running-crypto.ts';

const SEED = 1;

it('runs on the back end of this project', ({ task }) => {
  expect(runningCrypto()).toBe(task.file.projectName);
});

it.each(primitives)('$name: as another implementation says', async ({ share, run }) => {
  const { tried, taken, disagreements } = await run({ seed: SEED, runs: 100 * share, isLong: false });
  expect(disagreements).toEqual([]);
  expect(tried).toBeGreaterThan(0);
  // Where everything is refused, nothing is compared.
  expect(taken).toBeGreaterThan(0);
});

const even = (mistake: number): Primitive =>
  primitive({
    name: 'even',
    inputs: fc.nat(1000),
    always: () => [1, 2],
    ours: (number) => (number % 2 === 0 || number === mistake ? 'even' : undefined),
    theirs: (number) => (number & 1 ? undefined : 'even'),
  });

it('counts what was tried and taken', async () => {
  const { tried, taken, disagreements } = await even(-1).run({ seed: SEED, runs: 50, isLong: true });
  expect([tried, disagreements]).toEqual([52, []]);
  expect(taken).toBeGreaterThan(0);
  expect(taken).toBeLessThan(tried);
});

it('sees a mistake, in what is drawn and in what is always tried', async () => {
  const always = await even(1).run({ seed: SEED, runs: 0, isLong: true });
  expect(always.disagreements).toEqual(['1: ours: even, theirs: undefined']);
  const drawn = await even(501).run({ seed: SEED, runs: 100_000, isLong: true });
  expect(drawn.disagreements.join()).toContain('Counterexample: [501]');
});
