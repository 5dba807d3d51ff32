import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ClaimResult, type DedupStore, memoryStore } from '../src/index.ts';

const WEEK = 7 * 24 * 3600 * 1000;

/** A store on a clock that only the test moves. */
function clocked(maxEntries?: number) {
  const clock = { at: 1_700_000_000_000 };
  const evictions: string[] = [];
  const store = memoryStore({
    ...(maxEntries !== undefined && { maxEntries }),
    now: () => clock.at,
    onEvict: (message) => evictions.push(message),
  });
  return { clock, evictions, store };
}

const claim = (store: DedupStore, key: string, token = key, leaseMs = 30_000, retentionMs = WEEK) =>
  store.claim(key, { token, leaseMs, retentionMs });

async function finish(store: DedupStore, key: string, retentionMs = WEEK): Promise<void> {
  await claim(store, key, key, 30_000, retentionMs);
  expect(await store.complete(key, { token: key, retentionMs })).toBe(true);
}

/** How many of the keys a store still knows. Makes it forget them. */
async function remembered(store: DedupStore, keys: readonly string[]): Promise<string[]> {
  const known: string[] = [];
  for (const key of keys) if (await store.forget?.(key)) known.push(key);
  return known;
}

const keysUpTo = (count: number): string[] => Array.from({ length: count }, (_, index) => `key-${index}`);

afterEach(() => vi.restoreAllMocks());

describe('memoryStore is bounded', () => {
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses maxEntries %s', (maxEntries) => {
    expect(() => memoryStore({ maxEntries })).toThrow(
      expect.objectContaining({ name: 'TypeError', code: 'ERR_WEBHOOK_CONFIG_OPTION' }),
    );
  });

  it('forgets the oldest finished delivery when it is full', async () => {
    const { store } = clocked(3);
    const keys = keysUpTo(5);
    for (const key of keys) await finish(store, key);
    expect(await remembered(store, keys)).toEqual(['key-2', 'key-3', 'key-4']);
  });

  it('counts a released delivery too, and forgets it like a finished one', async () => {
    const { store } = clocked(2);
    const keys = keysUpTo(4);
    for (const key of keys) {
      await claim(store, key);
      await store.release(key, { token: key, retentionMs: WEEK });
    }
    expect(await remembered(store, keys)).toEqual(['key-2', 'key-3']);
  });

  it('never evicts a live claim', async () => {
    const { store } = clocked(3);
    await claim(store, 'running');
    for (const key of keysUpTo(50)) await finish(store, key);
    expect(await claim(store, 'running', 'another')).toMatchObject({ status: 'busy' });
    expect(await store.complete('running', { token: 'running', retentionMs: WEEK })).toBe(true);
  });

  it('throws when only live claims are left, and works again when one ends', async () => {
    const { store, evictions } = clocked(3);
    for (const key of ['a', 'b', 'c']) await claim(store, key);
    await expect(claim(store, 'd')).rejects.toThrow('full of live claims');
    expect(await claim(store, 'a', 'another')).toMatchObject({ status: 'busy' });
    await store.complete('b', { token: 'b', retentionMs: WEEK });
    expect(await claim(store, 'd')).toMatchObject({ status: 'claimed' });
    expect(await remembered(store, ['a', 'b', 'c', 'd'])).toEqual(['a', 'c', 'd']);
    expect(evictions).toHaveLength(1);
  });

  it.each([
    ['the older', 1000, 60_000],
    ['the younger', 60_000, 1000],
  ])('gives the place of a claim whose lease is over to a new one: %s of two', async (_which, one, other) => {
    const { store, clock } = clocked(2);
    await claim(store, 'a', 'x', one);
    await claim(store, 'b', 'y', other);
    clock.at += 1000;
    expect(await claim(store, 'next')).toMatchObject({ status: 'claimed' });
    expect(await remembered(store, ['a', 'b', 'next'])).toEqual([one > other ? 'a' : 'b', 'next']);
  });

  it('finds a claim whose lease is over behind an older one that is alive', async () => {
    const { store, clock } = clocked(2);
    await claim(store, 'running', 'x', 1000);
    await claim(store, 'crashed', 'y', 1000);
    clock.at += 500;
    expect(await store.extend('running', { token: 'x', leaseMs: 1000 })).toBe(true);
    clock.at += 500;
    expect(await claim(store, 'next')).toMatchObject({ status: 'claimed' });
    expect(await remembered(store, ['running', 'crashed', 'next'])).toEqual(['running', 'next']);
  });

  it('does not grow by what is claimed again', async () => {
    const { store, evictions } = clocked(2);
    await finish(store, 'kept');
    for (let round = 0; round < 10; round++) {
      const token = `t${round}`;
      await claim(store, 'failing', token);
      await store.release('failing', { token, retentionMs: WEEK });
    }
    expect(await claim(store, 'kept', 'another')).toMatchObject({ status: 'done' });
    expect(await claim(store, 'failing', 'last')).toMatchObject({
      status: 'claimed',
      attempt: 11,
      fence: 11,
    });
    expect(evictions).toEqual([]);
  });

  it('holds 50,000 keys by default', async () => {
    const evictions: string[] = [];
    const store = memoryStore({ onEvict: (message) => void evictions.push(message) });
    for (const key of keysUpTo(50_000)) {
      await claim(store, key);
      await store.complete(key, { token: key, retentionMs: WEEK });
    }
    expect(evictions).toEqual([]);
    await claim(store, 'one more');
    expect(evictions).toEqual([expect.stringContaining('50000 keys')]);
  });

  it('holds as many keys as it may, and no more, after 200,000', async () => {
    const { store, evictions } = clocked(1000);
    const keys = keysUpTo(200_000);
    for (const key of keys) {
      await claim(store, key);
      await store.complete(key, { token: key, retentionMs: WEEK });
    }
    expect(await remembered(store, keys)).toEqual(keys.slice(-1000));
    expect(evictions).toHaveLength(1);
  });
});

describe('memoryStore warns', () => {
  it('once, when it forgets a delivery inside its retention', async () => {
    const { store, evictions } = clocked(2);
    await finish(store, 'a');
    await finish(store, 'b');
    expect(evictions).toEqual([]);
    for (const key of keysUpTo(20)) await finish(store, key);
    expect(evictions).toHaveLength(1);
    expect(evictions[0]).toMatch(/2 keys.*shared store/);
  });

  it('on the console by default', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const store = memoryStore({ maxEntries: 1 });
    await finish(store, 'a');
    expect(warn).not.toHaveBeenCalled();
    await finish(store, 'b');
    expect(warn).toHaveBeenCalledOnce();
  });

  it('not when what it forgets had expired', async () => {
    const { store, clock, evictions } = clocked(2);
    for (const key of keysUpTo(50)) {
      await finish(store, key, 1000);
      clock.at += 500;
    }
    expect(evictions).toEqual([]);
  });
});

describe('memoryStore expires', () => {
  it('sweeps as it goes: what has expired makes no room necessary', async () => {
    const { store, clock, evictions } = clocked();
    const keys = keysUpTo(20_000);
    for (const key of keys) {
      await finish(store, key, 100);
      clock.at += 1;
    }
    const known = await remembered(store, keys);
    expect(known.length).toBeGreaterThanOrEqual(99);
    expect(known.length).toBeLessThanOrEqual(110);
    expect(evictions).toEqual([]);
  });

  it('sweeps claims that nobody settled', async () => {
    const { store, clock } = clocked();
    const keys = keysUpTo(5000);
    for (const key of keys) {
      await claim(store, key, key, 10, 100);
      clock.at += 1;
    }
    expect((await remembered(store, keys)).length).toBeLessThanOrEqual(110);
  });

  it('needs no timer', async () => {
    vi.useFakeTimers();
    try {
      const store = memoryStore();
      await finish(store, 'a', 10);
      await claim(store, 'b');
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('to the millisecond: a lease and a retention hold until the moment they end', async () => {
    const { store, clock } = clocked();
    await claim(store, 'lease', 'a', 1000);
    await finish(store, 'retention', 1000);
    clock.at += 999;
    expect(await claim(store, 'lease', 'b')).toMatchObject({ status: 'busy', retryAfterMs: 1 });
    expect(await claim(store, 'retention', 'b')).toMatchObject({ status: 'done' });
    clock.at += 1;
    expect(await claim(store, 'lease', 'b')).toEqual({
      status: 'claimed',
      fence: 2,
      attempt: 2,
      takeover: true,
    });
    expect(await claim(store, 'retention', 'b')).toMatchObject({
      status: 'claimed',
      attempt: 1,
      takeover: false,
    });
  });

  it('purges what has expired, up to a limit', async () => {
    const { store, clock } = clocked();
    for (const key of keysUpTo(5)) await finish(store, key, 100);
    await finish(store, 'kept');
    await claim(store, 'crashed', 'x', 10, 100);
    await claim(store, 'running', 'x', 1000, 1);
    clock.at += 100;
    expect(await store.purge?.({ limit: 2 })).toBe(2);
    expect(await store.purge?.()).toBe(4);
    expect(await store.purge?.()).toBe(0);
    expect(await remembered(store, ['kept', 'running', 'crashed', ...keysUpTo(5)])).toEqual([
      'kept',
      'running',
    ]);
  });
});

/** The state table of `DedupStore`, row by row, and nothing else: what the store is compared with. */
class Model {
  readonly #rows = new Map<
    string,
    {
      state: 'P' | 'F' | 'D';
      token: string;
      fence: number;
      attempt: number;
      lease: number;
      expiry: number;
      print: string;
    }
  >();
  at = 0;

  #row(key: string) {
    const row = this.#rows.get(key);
    if (row === undefined) return undefined;
    const isLive = this.at < row.expiry || (row.state === 'P' && this.at < row.lease);
    if (!isLive) this.#rows.delete(key);
    return isLive ? row : undefined;
  }

  claim(key: string, token: string, leaseMs: number, retentionMs: number, print: string): ClaimResult {
    const row = this.#row(key);
    if (row?.state === 'D') return { status: 'done', outcome: 'ok', fingerprint: row.print };
    if (row?.state === 'P' && this.at < row.lease) {
      return row.token === token
        ? { status: 'claimed', fence: row.fence, attempt: row.attempt, takeover: false }
        : { status: 'busy', retryAfterMs: row.lease - this.at, fingerprint: row.print };
    }
    const fence = (row?.fence ?? 0) + 1;
    const attempt = (row?.attempt ?? 0) + 1;
    const lease = this.at + leaseMs;
    this.#rows.set(key, {
      state: 'P',
      token,
      fence,
      attempt,
      lease,
      expiry: Math.max(lease, this.at + retentionMs),
      print,
    });
    return { status: 'claimed', fence, attempt, takeover: row?.state === 'P' };
  }

  complete(key: string, token: string, retentionMs: number): boolean {
    const row = this.#row(key);
    if (row?.token !== token || row.state === 'F') return false;
    if (row.state === 'P') Object.assign(row, { state: 'D', expiry: this.at + retentionMs });
    return true;
  }

  release(key: string, token: string, retentionMs: number): boolean {
    const row = this.#row(key);
    if (row?.token !== token || row.state === 'D') return false;
    if (row.state === 'P') Object.assign(row, { state: 'F', expiry: this.at + retentionMs });
    return true;
  }

  extend(key: string, token: string, leaseMs: number): boolean {
    const row = this.#row(key);
    if (row?.token !== token || row.state !== 'P') return false;
    row.lease = this.at + leaseMs;
    row.expiry = Math.max(row.expiry, row.lease);
    return true;
  }
}

describe('memoryStore agrees with the state table', () => {
  const key = fc.constantFrom('a', 'b');
  const token = fc.constantFrom('x', 'y', 'z');
  const ms = fc.integer({ min: 1, max: 50 });
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ verb: fc.constant('claim' as const), key, token, lease: ms, retention: ms }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ verb: fc.constant('complete' as const), key, token, retention: ms }),
    },
    { weight: 2, arbitrary: fc.record({ verb: fc.constant('release' as const), key, token, retention: ms }) },
    { weight: 2, arbitrary: fc.record({ verb: fc.constant('extend' as const), key, token, lease: ms }) },
    { weight: 3, arbitrary: fc.record({ verb: fc.constant('advance' as const), by: ms }) },
  );
  const script = fc.array(step, { minLength: 5, maxLength: 60, size: 'max' });

  type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

  async function compare(steps: readonly Step[], seen: Set<string>): Promise<void> {
    const model = new Model();
    const store = memoryStore({ now: () => model.at });
    for (const [index, each] of steps.entries()) {
      const print = `f${index}`;
      switch (each.verb) {
        case 'advance':
          model.at += each.by;
          break;
        case 'claim': {
          const request = {
            token: each.token,
            leaseMs: each.lease,
            retentionMs: each.retention,
            fingerprint: print,
          };
          const expected = model.claim(each.key, each.token, each.lease, each.retention, print);
          expect(await store.claim(each.key, request)).toEqual(expected);
          seen.add(
            expected.status === 'claimed' ? `claimed ${expected.takeover ? 'over' : 'new'}` : expected.status,
          );
          break;
        }
        case 'complete':
        case 'release': {
          const expected = model[each.verb](each.key, each.token, each.retention);
          const request = { token: each.token, retentionMs: each.retention };
          expect(await store[each.verb](each.key, request)).toBe(expected);
          seen.add(`${each.verb} ${expected}`);
          break;
        }
        case 'extend': {
          const expected = model.extend(each.key, each.token, each.lease);
          expect(await store.extend(each.key, { token: each.token, leaseMs: each.lease })).toBe(expected);
          seen.add(`extend ${expected}`);
          break;
        }
      }
    }
  }

  it('over random histories of three attempts at two deliveries', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(script, (steps) => compare(steps, seen)),
      { numRuns: 1500 },
    );
    // Every row of the table was visited, or the histories prove nothing.
    expect([...seen].sort()).toEqual([
      ...['busy', 'claimed new', 'claimed over', 'complete false', 'complete true', 'done'],
      ...['extend false', 'extend true', 'release false', 'release true'],
    ]);
  });

  it('and keeps its promises: one owner at a time, done stays done, fences grow', async () => {
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const clock = { at: 0 };
        const store = memoryStore({ now: () => clock.at });
        const owners = new Map<string, { token: string; fence: number; until: number }>();
        const done = new Set<string>();
        for (const each of steps) {
          if (each.verb === 'advance') {
            clock.at += each.by;
            continue;
          }
          // Retentions that outlast the history: nothing is forgotten.
          const request = { token: each.token, leaseMs: 'lease' in each ? each.lease : 1, retentionMs: WEEK };
          const answer = await store[each.verb](each.key, request);
          const owner = owners.get(each.key);
          const isOwner = owner?.token === each.token;
          if (answer === false) continue;
          if (answer === true) {
            expect(isOwner).toBe(true);
            if (each.verb === 'complete') done.add(each.key);
            if (each.verb === 'extend' && owner) owner.until = clock.at + request.leaseMs;
            if (each.verb === 'release' && owner) owner.until = clock.at;
            continue;
          }
          expect(answer.status === 'done').toBe(done.has(each.key));
          if (answer.status !== 'claimed') continue;
          const isLive = owner !== undefined && clock.at < owner.until;
          expect(isLive && !isOwner).toBe(false);
          if (isLive) expect(answer.fence).toBe(owner.fence);
          else {
            expect(answer.fence).toBeGreaterThan(owner?.fence ?? 0);
            owners.set(each.key, {
              token: each.token,
              fence: answer.fence,
              until: clock.at + request.leaseMs,
            });
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});
