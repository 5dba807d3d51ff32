import { AssertionError } from 'node:assert/strict';
import { type DedupStore, memoryStore } from '@countersign/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { storeSuite } from '../src/store-suite.ts';
import { type Mutant, mutants } from './mutant-stores.ts';

const onEvict = (message: string): never => {
  throw new Error(message);
};

describe('the memory store', () => {
  for (const { name, run } of storeSuite({
    name: 'memory',
    open: async () => ({ store: memoryStore({ onEvict }) }),
  })) {
    it(name, run);
  }

  it('passes all checks at the same time on one store', async () => {
    const store = memoryStore({ onEvict });
    const suites = [1, 2].flatMap(() => storeSuite({ name: 'memory', open: async () => ({ store }) }));
    await expect(Promise.all(suites.map(({ run }) => run()))).resolves.toHaveLength(suites.length);
  });
});

describe('the suite', () => {
  it('has at least the 19 checks of the design, each under a name of its own', () => {
    const names = storeSuite({ name: 'any', open: () => Promise.reject(new Error('not opened')) }).map(
      ({ name }) => name,
    );
    expect(names.length).toBeGreaterThanOrEqual(19);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    ['pass', (): DedupStore => memoryStore(), 0],
    ['fail', (): DedupStore => mutants[0]?.open() as DedupStore, 1],
  ])('opens a store for each check and closes it: checks that %s', async (_verdict, make, atLeast) => {
    let opened = 0;
    let closed = 0;
    const open = async () => {
      opened++;
      return {
        store: make(),
        async close() {
          closed++;
        },
      };
    };
    const suite = storeSuite({ name: 'counted', timeUnit: 20, open });
    const results = await Promise.allSettled(suite.map(({ run }) => run()));
    expect([opened, closed]).toEqual([suite.length, suite.length]);
    expect(Math.min(results.filter(({ status }) => status === 'rejected').length, 1)).toBe(atLeast);
  });

  it('reports a store that cannot be opened', async () => {
    const [check] = storeSuite({ name: 'absent', open: () => Promise.reject(new Error('no such server')) });
    await expect(check?.run()).rejects.toThrow('no such server');
  });
});

describe('wrong stores', () => {
  const failures = new Map<Mutant, Map<string, unknown>>();

  async function failuresOf(mutant: Mutant): Promise<Map<string, unknown>> {
    const failed = new Map<string, unknown>();
    const suite = storeSuite({
      name: mutant.name,
      open: async () => ({ store: mutant.open() }),
      timeUnit: 20,
    });
    await Promise.all(suite.map(({ name, run }) => run().catch((error: unknown) => failed.set(name, error))));
    return failed;
  }

  beforeAll(async () => {
    for (const mutant of mutants) failures.set(mutant, await failuresOf(mutant));
  }, 120_000);

  it.each(mutants.map((mutant) => [mutant.name, mutant] as const))('%s', (_name, mutant) => {
    const failed = failures.get(mutant) ?? new Map<string, unknown>();
    const names = [...failed.keys()];
    expect(names.filter((name) => name.includes(mutant.fails))).not.toEqual([]);
    if (mutant.alone) expect(names).toHaveLength(1);
    for (const error of failed.values()) expect(error).toBeInstanceOf(AssertionError);
  });

  it('are at least twelve, each unlike the others', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(12);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  it.each(
    storeSuite({ name: 'any', open: () => Promise.reject(new Error('not opened')) }).map(({ name }) => name),
  )('at least one fails: %s', (check) => {
    const killers = mutants.filter((mutant) => failures.get(mutant)?.has(check)).map(({ name }) => name);
    expect(killers).not.toEqual([]);
  });
});
