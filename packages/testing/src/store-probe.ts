import assert from 'node:assert/strict';
import type { ClaimResult, Completion, DedupStore } from '@countersign/core';
import { faultyStore, type StoreFault } from './faulty-store.ts';

/** A row of the state table in `DedupStore`, as something to try. */
export interface StoreRule {
  readonly name: string;
  check(probe: Probe): Promise<void>;
}

export interface ClaimOptions {
  readonly lease?: number;
  readonly retention?: number;
  readonly fingerprint?: string;
}

export type CompleteOptions = Partial<Omit<Completion, 'token'>>;

type Answer<Status extends ClaimResult['status']> = Extract<ClaimResult, { status: Status }>;

/** One attempt at a delivery: a key and a token. The plain verbs ask; those that begin with `must` judge as well. */
export interface Attempt {
  readonly key: string;
  claim(options?: ClaimOptions): Promise<ClaimResult>;
  complete(options?: CompleteOptions): Promise<boolean>;
  release(): Promise<boolean>;
  extend(lease?: number): Promise<boolean>;
  mustClaim(options?: ClaimOptions): Promise<Answer<'claimed'>>;
  mustFindBusy(): Promise<Answer<'busy'>>;
  mustFindDone(): Promise<Answer<'done'>>;
  mustComplete(options?: CompleteOptions): Promise<void>;
  mustRelease(): Promise<void>;
  mustExtend(): Promise<void>;
}

/** What a check works with. */
export interface Probe {
  readonly store: DedupStore;
  /** ms: a lease, or a retention, that `outlast` waits out. */
  readonly short: number;
  /** ms: the lease and the retention of every claim that asks for no other; no check outlasts it. */
  readonly long: number;
  /** A key that nobody else uses; the same for the same name. */
  key(name?: string): string;
  /** An attempt under a token of its own. */
  attempt(key: string): Attempt;
  /** Resolves when everything short is over; or what is so many times as long. */
  outlast(factor?: number): Promise<void>;
  /** Claims by `count` tokens at the same time: exactly one must succeed, and it is returned. */
  race(key: string, count: number): Promise<Answer<'claimed'>>;
  /** The same store behind these faults, with keys of its own. */
  behind(...faults: StoreFault[]): Probe;
}

const LONG = 120_000;

export const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

function answered<Status extends ClaimResult['status']>(
  result: ClaimResult,
  status: Status,
  key: string,
): Answer<Status> {
  assert.equal(result.status, status, `the claim of ${key} should be answered with "${status}"`);
  return result as Answer<Status>;
}

export function createProbe(store: DedupStore, timeUnit: number): Probe {
  const prefix = `countersign-suite-${crypto.randomUUID()}`;

  function claimAs(key: string, token: string, options: ClaimOptions = {}): Promise<ClaimResult> {
    const { lease = LONG, retention = LONG, fingerprint } = options;
    const request = { token, leaseMs: lease, retentionMs: retention };
    return store.claim(key, fingerprint === undefined ? request : { ...request, fingerprint });
  }

  function attempt(key: string): Attempt {
    const token = crypto.randomUUID();
    const claim: Attempt['claim'] = (options) => claimAs(key, token, options);
    const complete: Attempt['complete'] = (options) =>
      store.complete(key, { retentionMs: LONG, ...options, token });
    const release = (): Promise<boolean> => store.release(key, { token, retentionMs: LONG });
    const extend = (lease = LONG): Promise<boolean> => store.extend(key, { token, leaseMs: lease });
    return {
      key,
      claim,
      complete,
      release,
      extend,
      mustClaim: async (options) => answered(await claim(options), 'claimed', key),
      mustFindBusy: async () => answered(await claim(), 'busy', key),
      mustFindDone: async () => answered(await claim(), 'done', key),
      async mustComplete(options) {
        assert.equal(await complete(options), true, `the owner of ${key} should be able to complete it`);
      },
      async mustRelease() {
        assert.equal(await release(), true, `the owner of ${key} should be able to release it`);
      },
      async mustExtend() {
        assert.equal(await extend(), true, `the owner of ${key} should be able to extend it`);
      },
    };
  }

  async function race(key: string, count: number): Promise<Answer<'claimed'>> {
    const results = await Promise.all(times(count).map(() => claimAs(key, crypto.randomUUID())));
    const winners = results.filter((result) => result.status === 'claimed');
    const busy = results.filter(({ status }) => status === 'busy');
    assert.equal(winners.length, 1, `${winners.length} of ${count} claims at once succeeded`);
    assert.equal(busy.length, count - 1, 'whoever does not get the claim should be told that it is busy');
    return winners[0] as Answer<'claimed'>;
  }

  return {
    store,
    short: timeUnit,
    long: LONG,
    key: (name = '') => `${prefix}|${name}`,
    attempt,
    outlast: (factor = 1) => new Promise((resolve) => setTimeout(resolve, timeUnit * factor * 2)),
    race,
    behind: (...faults) => createProbe(faultyStore(store, faults), timeUnit),
  };
}
