import type { DedupStore } from '@countersign/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokenPromises } from '../src/faults/broken-promises.ts';
import { faultCases } from '../src/faults/fault-run.ts';
import { short } from '../src/faults/load.ts';
import { witness } from '../src/faults/witness.ts';
import { describeServers } from './support/describe-servers.ts';

const options = short(1);

await describeServers('while something is broken', ['redis-server', 'postgres'], () => {
  const unhandled: unknown[] = [];
  const listener = (reason: unknown): void => void unhandled.push(reason);
  beforeAll(() => void process.on('unhandledRejection', listener));
  afterAll(() => {
    process.off('unhandledRejection', listener);
    expect(unhandled).toEqual([]);
  });

  describe.concurrent(`seed ${options.seed}`, () => {
    for (const each of faultCases) {
      it(`${each.guarantee}: ${each.fault}`, { timeout: 120_000 }, async ({ expect }) => {
        const report = await each.run(options);
        expect(brokenPromises(each, options, report)).toEqual([]);
      });
    }
  });
});

describe('a witness', () => {
  const LEASE = 20;
  const again = { token: 't', leaseMs: LEASE, retentionMs: 1000 };

  /** A store that lets everybody in. */
  const wrong = (complete: () => Promise<boolean>): DedupStore => ({
    name: 'wrong',
    capabilities: { atomic: true, shared: true, durable: 'none', clock: 'client' },
    claim: async () => ({ status: 'claimed', fence: 1, attempt: 1, takeover: false }),
    complete,
    release: async () => true,
    extend: async () => true,
  });

  const outlast = () => new Promise((resolve) => setTimeout(resolve, LEASE * 2));

  const stories: Record<
    string,
    {
      complete: () => Promise<boolean>;
      between(forget: () => Promise<void>): Promise<unknown>;
      found: { forgotten: number; unrecorded: number; unexplained: number };
    }
  > = {
    'accuses a store that lets a delivery in twice': {
      complete: async () => true,
      between: outlast,
      found: { forgotten: 0, unrecorded: 0, unexplained: 1 },
    },
    'accuses a store that does not keep a lease': {
      complete: () => Promise.reject(new Error('away')),
      between: async () => {},
      found: { forgotten: 0, unrecorded: 0, unexplained: 1 },
    },
    'understands that what was not recorded runs again after its lease': {
      complete: () => Promise.reject(new Error('away')),
      between: outlast,
      found: { forgotten: 0, unrecorded: 1, unexplained: 0 },
    },
    'understands that what was forgotten runs again': {
      complete: async () => true,
      between: (forget) => forget(),
      found: { forgotten: 1, unrecorded: 0, unexplained: 0 },
    },
  };

  it.each(Object.entries(stories))('%s', async (_, { complete, between, found }) => {
    const seen = witness(wrong(complete));
    for (const token of ['first', 'second']) {
      await seen.follow(async () => {
        await seen.store.claim('v1|p|n||evt', { ...again, token });
        seen.effect('evt');
        await seen.store.complete('v1|p|n||evt', { ...again, token }).catch(() => {});
      });
      if (token === 'first') await between(() => seen.forgetting(async () => {}));
    }
    const { unexplained, ...counts } = seen.doubles(LEASE);
    expect({ ...counts, unexplained: unexplained.length }).toEqual(found);
  });
});
