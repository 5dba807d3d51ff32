import { AssertionError } from 'node:assert/strict';
import { beforeAll, describe, expect, it } from 'vitest';
import { transactionalStoreSuite } from '../src/transactional-store-suite.ts';
import { type Mistake, memoryDatabase } from './memory-database.ts';

/** A mistake, and the check that is there to find it. */
const mutants: Readonly<Record<Mistake, string>> = {
  'attempt is always 1': 'and the next attempt is the second',
  'busy is never over': 'its key is busy',
  'commit forgets effects': 'what was committed is done',
  'commit forgets records': 'what was committed is done',
  'connections leak': 'connections come back',
  'done is locked': 'what is done is so for every duplicate',
  'drop does nothing': 'what a transaction drops is free',
  'drop forgets attempts': 'what is dropped keeps its count',
  'drop rolls back': 'the rest of it is not lost',
  'drop takes from others': 'what somebody else recorded',
  'drop unlocks': 'what a transaction drops is free when it commits',
  'effects after loss are autocommitted': 'is not written elsewhere',
  'effects are autocommitted': 'a transaction that is rolled back leaves nothing',
  'errors are wrapped': 'rejects with the error of its work',
  'expired answers stay': 'an answer is not left for the next',
  'failed commit is a commit': 'a commit that the server refuses',
  'failed statement is a commit': 'a failed statement that the work swallows',
  'failure is not counted': 'failures are counted',
  'failure is read, then written': 'failures at once are all counted',
  'failure undoes done': 'a failure does not undo',
  'failure waits': 'does not wait for what is open',
  'fingerprint of the last': 'what is done stays as it was',
  'forget does nothing': 'forget',
  'free is not locked': 'deliveries of a failed event at once',
  'keep answers for others': 'what somebody else recorded',
  'keep is autocommitted': 'an answer is rolled back',
  'keep keeps nothing': 'an answer that was kept',
  'keys without case': 'keys are byte-exact',
  'locks are advisory': 'of 32 deliveries at once',
  'loss is a commit': 'lost before the commit',
  'loss is blamed': 'the work is blamed',
  'lost work ends another': 'does not end the transaction of somebody else',
  'one key at a time': 'takes several keys',
  'own keys are busy': 'what it has taken itself',
  'records are autocommitted': 'without a word was none',
  'reject ignores the open': 'nor what another attempt has',
  'reject is ok': 'what is given up is done',
  'reject overrules': 'what is done cannot be given up',
  'results are awaited': 'resolves with the result of its work',
  'retention is for ever': 'when a retention is over',
  'rollback counts': 'without a word was none',
  'signals are not heard': 'under a signal that was aborted',
  'take waits': 'nobody waits for it',
};

const suiteOf = (mistake?: Mistake) =>
  transactionalStoreSuite({
    name: mistake ?? 'memory',
    open: async () => memoryDatabase(mistake),
    ...(mistake !== undefined && { timeUnit: 20, patience: 1000 }),
  });

describe('the reference double', () => {
  for (const { name, run } of suiteOf()) it(name, run);
});

describe('the suite', () => {
  const names = suiteOf().map(({ name }) => name);

  it('gives each check a name of its own', () => {
    expect(names.length).toBeGreaterThanOrEqual(30);
    expect(new Set(names).size).toBe(names.length);
  });

  it('leaves out what the database cannot be made to do, and nothing else', () => {
    const without = transactionalStoreSuite({
      name: 'memory',
      open: async () => memoryDatabase(),
      without: ['kill', 'killUnderStatement'],
    }).map(({ name }) => name);
    const left = names.filter((name) => !without.includes(name));
    expect(left.length).toBeGreaterThan(4);
    for (const name of left) expect(name).toMatch(/connection|lost/);
  });

  it('says what is missing when a fault was neither given nor left out', async () => {
    const suite = transactionalStoreSuite({
      name: 'memory',
      open: async () => {
        const { breakCommit: _, ...rest } = memoryDatabase();
        return rest;
      },
    });
    const check = suite.find(({ name }) => name.startsWith('a commit that the server refuses'));
    await expect(check?.run()).rejects.toThrow(/breakCommit/);
  });
});

describe('wrong stores', () => {
  const failures = new Map<string, Map<string, unknown>>();

  beforeAll(async () => {
    const all = Object.keys(mutants) as Mistake[];
    await Promise.all(
      all.map(async (mistake) => {
        const failed = new Map<string, unknown>();
        failures.set(mistake, failed);
        await Promise.all(
          suiteOf(mistake).map(({ name, run }) => run().catch((error: unknown) => failed.set(name, error))),
        );
      }),
    );
  }, 120_000);

  it.each(Object.entries(mutants))('%s', (mistake, check) => {
    const failed = failures.get(mistake) ?? new Map<string, unknown>();
    const names = [...failed.keys()];
    expect(names.filter((name) => name.includes(check))).not.toEqual([]);
    for (const [name, error] of failed) expect(error, name).toBeInstanceOf(AssertionError);
  });

  it.each(suiteOf().map(({ name }) => name))('at least one fails: %s', (check) => {
    const killers = Object.keys(mutants).filter((mistake) => failures.get(mistake)?.has(check));
    expect(killers).not.toEqual([]);
  });
});
