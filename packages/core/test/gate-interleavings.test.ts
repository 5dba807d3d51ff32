import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGate, type DedupStore, type GateOptions, memoryStore } from '../src/index.ts';

const KEY = 'v1|acme|orders||evt_1';
const SECOND = 1000;

type Verb = 'claim' | 'complete' | 'release';

/** The `nth` call of a verb fails: before the store heard of it, or after it did what it was asked. */
interface Fault {
  readonly verb: Verb;
  readonly nth: number;
  readonly when: 'before' | 'after';
}

const fault: fc.Arbitrary<Fault> = fc.record({
  verb: fc.constantFrom<Verb>('claim', 'complete', 'release'),
  nth: fc.integer({ min: 1, max: 5 }),
  when: fc.constantFrom('before', 'after'),
});

/** Every request and every answer takes as long as the scheduler likes, and may get lost. */
function unreliable(inner: DedupStore, s: fc.Scheduler, faults: readonly Fault[]) {
  const calls = { claim: 0, complete: 0, release: 0, extend: 0 };
  let lost = 0;

  async function ask<Result>(verb: keyof typeof calls, run: () => Promise<Result>): Promise<Result> {
    const nth = ++calls[verb];
    const fails = (when: Fault['when']) =>
      faults.some((each) => each.verb === verb && each.nth === nth && each.when === when);
    await s.schedule(Promise.resolve(), `${verb} is sent`);
    if (fails('before')) {
      lost++;
      throw new Error(`${verb} ${nth} did not arrive`);
    }
    const answer = await run();
    await s.schedule(Promise.resolve(), `${verb} is answered`);
    if (fails('after')) {
      lost++;
      throw new Error(`the answer to ${verb} ${nth} did not arrive`);
    }
    return answer;
  }

  const store: DedupStore = {
    ...inner,
    claim: (...request) => ask('claim', () => inner.claim(...request)),
    complete: (...request) => ask('complete', () => inner.complete(...request)),
    release: (...request) => ask('release', () => inner.release(...request)),
    extend: (...request) => ask('extend', () => inner.extend(...request)),
  };
  return { store, lost: () => lost };
}

/** Deliveries of one event, a few at once, over and over, in an order that the scheduler makes up. */
function play(
  s: fc.Scheduler,
  faults: readonly Fault[],
  failures: number,
  options: Partial<GateOptions> = {},
) {
  const inner = memoryStore();
  const { store, lost } = unreliable(inner, s, faults);
  const gate = createGate({ store, ...options });
  const seen = { runs: 0, running: 0, most: 0, successes: 0, rejections: 0 };

  async function work(): Promise<void> {
    const nth = ++seen.runs;
    seen.most = Math.max(seen.most, ++seen.running);
    await s.schedule(Promise.resolve(), 'work');
    seen.running--;
    if (nth <= failures) throw new Error('not yet');
    seen.successes++;
  }

  async function pass(seconds: number): Promise<void> {
    for (let each = 0; each < seconds; each++) {
      await vi.advanceTimersByTimeAsync(SECOND);
      await s.waitIdle();
    }
  }

  return {
    seen,
    lost,
    pass,
    inner,
    async round(deliveries: number): Promise<string[]> {
      const sent = Array.from({ length: deliveries }, () =>
        gate.run(KEY, work, {
          onRejected: async () => {
            await s.schedule(Promise.resolve(), 'dead letter');
            seen.rejections++;
          },
        }),
      );
      const outcomes = await s.waitFor(Promise.all(sent));
      // What goes on behind an answer: a release, a completion that is asked for again.
      await s.waitIdle();
      await pass(8);
      return outcomes.map(({ status }) => status);
    },
  };
}

const asked = { token: 'afterwards', leaseMs: SECOND, retentionMs: SECOND };
const deliveries = fc.integer({ min: 1, max: 4 });
const faults = fc.array(fault, { maxLength: 3 });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});

afterEach(() => void vi.useRealTimers());

describe('whatever the order, and whatever gets lost', () => {
  it('a handler runs one at a time, never after it succeeded, and nothing is lost', async () => {
    const shown = { lost: 0, busy: 0, retried: 0 };
    const property = fc.asyncProperty(
      fc.scheduler(),
      deliveries,
      faults,
      fc.integer({ min: 0, max: 2 }),
      async (s, count, given, failures) => {
        const game = play(s, given, failures);
        const { seen } = game;
        // Each round without a success has used up a failure of the handler or of the store.
        const rounds = failures + given.length + 1;
        for (let round = 0; round < rounds && seen.successes === 0; round++) {
          const statuses = await game.round(count);
          if (statuses.includes('busy')) shown.busy++;
          expect(statuses.filter((status) => status === 'ran')).toHaveLength(seen.successes);
          expect(statuses.includes('done') && seen.successes === 0).toBe(false);
          // A release that got lost frees its key with the lease.
          if (seen.successes === 0) await game.pass(31);
        }
        expect(seen.successes).toBe(1);
        // The sender that never heard of it, and the operator who sends it again.
        expect(await game.round(count)).toEqual(
          Array(count).fill(game.lost() > 0 ? expect.any(String) : 'done'),
        );
        await game.pass(31);
        expect(await game.inner.claim(KEY, asked)).toMatchObject({ status: 'done', outcome: 'ok' });
        expect(seen).toMatchObject({ successes: 1, most: 1, running: 0, runs: failures + 1 });
        shown.lost += game.lost();
        if (failures > 0) shown.retried++;
      },
    );
    await fc.assert(property, { numRuns: 250 });
    // Otherwise nothing was shown.
    for (const times of Object.values(shown)) expect(times).toBeGreaterThan(20);
  });

  it('one that never succeeds is given up once, after no more than maxAttempts', async () => {
    let lost = 0;
    const property = fc.asyncProperty(
      fc.scheduler(),
      deliveries,
      faults,
      fc.integer({ min: 1, max: 3 }),
      async (s, count, given, maxAttempts) => {
        const game = play(s, given, Number.POSITIVE_INFINITY, { maxAttempts });
        const { seen } = game;
        for (let round = 0; round < maxAttempts + given.length + 1 && seen.rejections === 0; round++) {
          await game.round(count);
          await game.pass(31);
        }
        expect(seen.rejections).toBe(1);
        await game.round(count);
        expect(await game.inner.claim(KEY, asked)).toMatchObject({ status: 'done', outcome: 'rejected' });
        expect(seen).toMatchObject({ successes: 0, rejections: 1, most: 1, running: 0 });
        expect(seen.runs).toBeLessThanOrEqual(maxAttempts);
        lost += game.lost();
      },
    );
    await fc.assert(property, { numRuns: 150 });
    expect(lost).toBeGreaterThan(20);
  });
});
