import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeeper } from '../src/gate.ts';
import {
  type ClaimRequest,
  createGate,
  type DedupStore,
  type Gate,
  type GateOptions,
  type GateOutcome,
  memoryStore,
  PermanentError,
  type RunContext,
  type StoreOperation,
} from '../src/index.ts';

const KEY = 'v1|acme|orders||evt_1';
const HOUR = 3_600_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const never = (): Promise<never> => new Promise(() => {});
const down = async (): Promise<never> => {
  throw new Error('ECONNREFUSED');
};

interface Call {
  readonly verb: 'claim' | 'complete' | 'release' | 'extend';
  readonly key: string;
  readonly token: string;
  readonly signal: AbortSignal | undefined;
}

/** A store that writes down what it was asked, and may fail. */
function recorded(faults: Partial<DedupStore> = {}): { store: DedupStore; calls: Call[]; inner: DedupStore } {
  const inner = memoryStore();
  const working: DedupStore = { ...inner, ...faults };
  const calls: Call[] = [];
  const note = (verb: Call['verb'], key: string, { token }: { token: string }, operation?: StoreOperation) =>
    calls.push({ verb, key, token, signal: operation?.signal });
  const store: DedupStore = {
    ...inner,
    claim(key, claim, operation) {
      note('claim', key, claim, operation);
      return working.claim(key, claim, operation);
    },
    complete(key, completion, operation) {
      note('complete', key, completion, operation);
      return working.complete(key, completion, operation);
    },
    release(key, release, operation) {
      note('release', key, release, operation);
      return working.release(key, release, operation);
    },
    extend(key, extension, operation) {
      note('extend', key, extension, operation);
      return working.extend(key, extension, operation);
    },
  };
  return { store, calls, inner };
}

const verbs = (calls: readonly Call[]): string[] => calls.map(({ verb }) => verb);

function gated(options: Partial<GateOptions> = {}, faults: Partial<DedupStore> = {}) {
  const { store, calls, inner } = recorded(faults);
  const troubles: string[] = [];
  const gate = createGate({ store, onTrouble: (message) => troubles.push(message), ...options });
  return { gate, store, inner, calls, troubles };
}

const asStranger = (store: DedupStore, leaseMs = HOUR) =>
  store.claim(KEY, { token: 'stranger', leaseMs, retentionMs: HOUR });

/** Lets a promise settle without moving the clock. */
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => void vi.useFakeTimers());

afterEach(() => void vi.useRealTimers());

describe('a run', () => {
  it('goes through once, and finds the key done after that', async () => {
    const { gate, calls } = gated();
    const work = vi.fn(async () => 42);
    expect(await gate.run(KEY, work)).toEqual({ status: 'ran', value: 42 });
    expect(await gate.run(KEY, work)).toEqual({ status: 'done', outcome: 'ok' });
    expect(work).toHaveBeenCalledOnce();
    expect(verbs(calls)).toEqual(['claim', 'complete', 'claim']);
  });

  it('hands over the attempt, and a signal that stays quiet', async () => {
    const { gate } = gated();
    let context: RunContext | undefined;
    await gate.run(KEY, (given) => {
      context = given;
    });
    expect(context).toMatchObject({ attempt: 1, takeover: false, fence: 1 });
    expect(context?.signal.aborted).toBe(false);
  });

  it('takes work that is not asynchronous', async () => {
    expect(await gated().gate.run(KEY, () => 'now')).toEqual({ status: 'ran', value: 'now' });
    const cause = new Error('now');
    const thrower = (): never => {
      throw cause;
    };
    expect(await gated().gate.run(KEY, thrower)).toEqual({ status: 'failed', cause });
  });

  it('makes every other one wait', async () => {
    const { gate } = gated({ lease: 30_000 });
    const first = gate.run(KEY, () => sleep(1000));
    await vi.advanceTimersByTimeAsync(400);
    const work = vi.fn();
    expect(await gate.run(KEY, work)).toEqual({ status: 'busy', retryAfterMs: 29_600 });
    expect(work).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(600);
    expect(await first).toMatchObject({ status: 'ran' });
  });

  it('keeps keys apart', async () => {
    const { gate } = gated();
    const running = gate.run('a', () => sleep(1000));
    expect(await gate.run('b', () => 1)).toEqual({ status: 'ran', value: 1 });
    await vi.advanceTimersByTimeAsync(1000);
    await running;
  });

  it('leaves no timer behind, however it ends', async () => {
    const { gate } = gated();
    await gate.run('ran', () => {});
    await gate.run('failed', () => Promise.reject(new Error('no')));
    await gate.run('rejected', () => Promise.reject(new PermanentError('no')));
    await gate.run('ran', () => {});
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is remembered for the retention, and no longer', async () => {
    const { gate } = gated({ retention: 60_000 });
    await gate.run(KEY, () => {});
    await vi.advanceTimersByTimeAsync(59_999);
    expect((await gate.run(KEY, () => {})).status).toBe('done');
    await vi.advanceTimersByTimeAsync(1);
    expect((await gate.run(KEY, () => {})).status).toBe('ran');
  });

  it('uses a token of its own for each attempt', async () => {
    const { gate, calls } = gated();
    for (let round = 0; round < 20; round++) await gate.run(`${round}`, () => {});
    const tokens = calls.filter(({ verb }) => verb === 'claim').map(({ token }) => token);
    expect(new Set(tokens).size).toBe(20);
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('work that throws', () => {
  it.each([
    ['an Error', new Error('no')],
    ['a string', 'no'],
    ['undefined', undefined],
    ['null', null],
    ['an object', Object.freeze({ code: 500 })],
    ['an object that looks permanent', { code: 'ERR_WEBHOOK_PERMANENT' }],
  ])('releases its key at once: %s', async (_what, cause) => {
    const { gate, calls } = gated();
    expect(await gate.run(KEY, () => Promise.reject(cause))).toEqual({ status: 'failed', cause });
    expect(verbs(calls)).toEqual(['claim', 'release']);
    let context: RunContext | undefined;
    const outcome = await gate.run(KEY, (given) => {
      context = given;
    });
    expect(outcome.status).toBe('ran');
    expect(context).toMatchObject({ attempt: 2, fence: 2, takeover: false });
  });

  it('counts every attempt', async () => {
    const { gate } = gated();
    const attempts: number[] = [];
    for (let round = 0; round < 6; round++) {
      await gate.run(KEY, ({ attempt }) => {
        attempts.push(attempt);
        if (round < 5) throw new Error('not yet');
      });
    }
    expect(attempts).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await gate.run(KEY, () => {})).status).toBe('done');
  });

  it('is given up for good by a PermanentError, which is recorded', async () => {
    const { gate } = gated();
    const cause = new PermanentError('no such order');
    expect(await gate.run(KEY, () => Promise.reject(cause))).toEqual({ status: 'rejected', cause });
    const work = vi.fn();
    expect(await gate.run(KEY, work)).toEqual({ status: 'done', outcome: 'rejected' });
    expect(work).not.toHaveBeenCalled();
  });

  it('is given up by the PermanentError of another copy of this package, too', async () => {
    const { gate } = gated();
    const cause = Object.assign(new Error('no'), { code: 'ERR_WEBHOOK_PERMANENT' });
    expect(await gate.run(KEY, () => Promise.reject(cause))).toEqual({ status: 'rejected', cause });
  });

  it('has failed even when its key cannot be released, and frees it by its lease', async () => {
    const { gate, troubles } = gated({ lease: 5000 }, { release: down });
    const cause = new Error('no');
    expect(await gate.run(KEY, () => Promise.reject(cause))).toEqual({ status: 'failed', cause });
    expect(troubles).toEqual([expect.stringContaining('release')]);
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(4999);
    expect(await gate.run(KEY, () => {})).toMatchObject({ status: 'busy' });
    await vi.advanceTimersByTimeAsync(1);
    expect(await gate.run(KEY, ({ takeover }) => takeover)).toEqual({ status: 'ran', value: true });
  });
});

describe('the heartbeat', () => {
  it('holds the claim of a run that is longer than its lease', async () => {
    const { gate, inner, calls } = gated({ lease: 300 });
    const running = gate.run(KEY, () => sleep(30_000));
    for (let at = 0; at < 30_000; at += 1000) {
      await vi.advanceTimersByTimeAsync(at === 0 ? 999 : 1000);
      expect(await asStranger(inner)).toMatchObject({ status: 'busy' });
    }
    await vi.advanceTimersByTimeAsync(1);
    expect(await running).toMatchObject({ status: 'ran' });
    expect(await asStranger(inner)).toMatchObject({ status: 'done' });
    expect(calls.filter(({ verb }) => verb === 'extend').length).toBeGreaterThanOrEqual(200);
  });

  it('beats often enough to survive two beats that fail', async () => {
    let failing = 2;
    const { gate, inner, troubles } = gated(
      { lease: 3000 },
      { extend: (...request) => (failing-- > 0 ? down() : inner.extend(...request)) },
    );
    const running = gate.run(KEY, () => sleep(6000));
    await vi.advanceTimersByTimeAsync(2999);
    expect(await asStranger(inner)).toMatchObject({ status: 'busy' });
    await vi.advanceTimersByTimeAsync(1);
    await vi.advanceTimersByTimeAsync(2999);
    expect(await asStranger(inner)).toMatchObject({ status: 'busy' });
    await vi.advanceTimersByTimeAsync(1);
    expect(await running).toMatchObject({ status: 'ran' });
    expect(troubles).toHaveLength(2);
  });

  it('does not pile up while the store hangs', async () => {
    let open = 0;
    let most = 0;
    const { gate } = gated(
      { lease: 300, deadline: 5000 },
      {
        async extend() {
          open++;
          most = Math.max(most, open);
          await sleep(2000);
          open--;
          return true;
        },
      },
    );
    const running = gate.run(KEY, () => sleep(10_000));
    await vi.advanceTimersByTimeAsync(10_000);
    await running;
    expect(most).toBe(1);
  });

  it('stops when the run ends', async () => {
    const { gate, calls } = gated({ lease: 300 });
    await gate.run(KEY, () => {});
    await vi.advanceTimersByTimeAsync(10_000);
    expect(verbs(calls)).toEqual(['claim', 'complete']);
  });
});

describe('a claim that is lost', () => {
  async function stolen(store: DedupStore): Promise<void> {
    await store.forget?.(KEY);
    await asStranger(store);
  }

  it('aborts the signal at the next beat, and the run is lost', async () => {
    const { gate, inner } = gated({ lease: 3000 });
    let signal: AbortSignal | undefined;
    const running = gate.run(KEY, (context) => {
      signal = context.signal;
      return never();
    });
    await vi.advanceTimersByTimeAsync(500);
    await stolen(inner);
    await vi.advanceTimersByTimeAsync(499);
    expect(signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(signal?.aborted).toBe(true);
    expect(signal?.reason).toMatchObject({ name: 'WebhookError', code: 'ERR_WEBHOOK_LEASE_LOST' });
    expect(await running).toEqual({ status: 'lost', cause: signal?.reason });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('belongs to whoever took it: the old run neither completes nor releases it', async () => {
    const { gate, inner } = gated({ lease: 3000 });
    const running = gate.run(KEY, () => sleep(900));
    await vi.advanceTimersByTimeAsync(500);
    await stolen(inner);
    await vi.advanceTimersByTimeAsync(400);
    expect((await running).status).toBe('lost');
    expect(await inner.claim(KEY, { token: 'third', leaseMs: 1, retentionMs: 1 })).toMatchObject({
      status: 'busy',
    });
    expect(await inner.complete(KEY, { token: 'stranger', retentionMs: HOUR })).toBe(true);
  });

  it.each([
    ['returns', () => sleep(900)],
    ['throws', () => sleep(900).then(() => Promise.reject(new Error('no')))],
  ])('is the end of it when work %s before the next beat', async (how, work) => {
    const { gate, inner } = gated({ lease: 3000 });
    const running = gate.run(KEY, work);
    await vi.advanceTimersByTimeAsync(500);
    await stolen(inner);
    await vi.advanceTimersByTimeAsync(400);
    expect((await running).status).toBe(how === 'returns' ? 'lost' : 'failed');
    expect(await inner.complete(KEY, { token: 'stranger', retentionMs: HOUR })).toBe(true);
  });

  it('is lost, not rejected, for a PermanentError that comes too late', async () => {
    const { gate, inner } = gated({ lease: 3000 });
    const running = gate.run(KEY, () => sleep(900).then(() => Promise.reject(new PermanentError('no'))));
    await vi.advanceTimersByTimeAsync(500);
    await stolen(inner);
    await vi.advanceTimersByTimeAsync(400);
    expect((await running).status).toBe('lost');
  });

  it('is lost, whatever the work does about the signal', async () => {
    const { gate, inner } = gated({ lease: 3000 });
    const outcomes = [
      (signal: AbortSignal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('stopped')));
        }),
      (signal: AbortSignal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve('done all the same'));
        }),
      (signal: AbortSignal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new PermanentError('stopped')));
        }),
    ];
    for (const work of outcomes) {
      await inner.forget?.(KEY);
      const running = gate.run(KEY, ({ signal }) => work(signal));
      await settled();
      await stolen(inner);
      await vi.advanceTimersByTimeAsync(1000);
      expect((await running).status).toBe('lost');
      expect(await inner.extend(KEY, { token: 'stranger', leaseMs: HOUR })).toBe(true);
    }
  });

  it('is taken over by the next one, which is told', async () => {
    const { gate, inner } = gated();
    await asStranger(inner, 1000);
    await vi.advanceTimersByTimeAsync(999);
    expect((await gate.run(KEY, () => {})).status).toBe('busy');
    await vi.advanceTimersByTimeAsync(1);
    expect(await gate.run(KEY, ({ attempt, takeover, fence }) => ({ attempt, takeover, fence }))).toEqual({
      status: 'ran',
      value: { attempt: 2, takeover: true, fence: 2 },
    });
  });
});

describe('maxRun', () => {
  it('ends the claim of work that never ends', async () => {
    const { gate, calls, inner } = gated({ lease: 300, maxRun: 2000 });
    let signal: AbortSignal | undefined;
    const running = gate.run(KEY, (context) => {
      signal = context.signal;
      return never();
    });
    await vi.advanceTimersByTimeAsync(1999);
    expect(signal?.aborted).toBe(false);
    expect(await asStranger(inner)).toMatchObject({ status: 'busy' });
    await vi.advanceTimersByTimeAsync(101);
    expect(signal?.aborted).toBe(true);
    expect(await running).toMatchObject({ status: 'lost', cause: { code: 'ERR_WEBHOOK_LEASE_LOST' } });
    const beats = calls.length;
    await vi.advanceTimersByTimeAsync(300);
    expect(calls).toHaveLength(beats);
    expect(await asStranger(inner)).toMatchObject({ status: 'claimed', takeover: true });
  });

  it('holds when it is shorter than a lease', async () => {
    const { gate } = gated({ lease: 30_000, maxRun: 200 });
    const running = gate.run(KEY, never);
    await vi.advanceTimersByTimeAsync(400);
    expect(await running).toMatchObject({ status: 'lost' });
  });

  it('is over for work that holds the thread for longer, and then never ends', async () => {
    const { gate } = gated({ lease: 300, maxRun: 2000 });
    const running = gate.run(KEY, () => {
      vi.advanceTimersByTime(2500);
      return never();
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(await running).toMatchObject({ status: 'lost', cause: { code: 'ERR_WEBHOOK_LEASE_LOST' } });
  });

  it('is fifteen minutes by default', async () => {
    const { gate } = gated();
    let signal: AbortSignal | undefined;
    const running = gate.run(KEY, (context) => {
      signal = context.signal;
      return never();
    });
    await vi.advanceTimersByTimeAsync(900_000 - 1);
    expect(signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(10_001);
    expect((await running).status).toBe('lost');
  });
});

describe('a store that fails', () => {
  it('at the claim: the run is unavailable, and nothing ran', async () => {
    const { gate } = gated({}, { claim: down });
    const work = vi.fn();
    expect(await gate.run(KEY, work)).toEqual({
      status: 'unavailable',
      cause: expect.objectContaining({ message: 'ECONNREFUSED' }),
    });
    expect(work).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('at the claim, after it claimed: the key is free again at once', async () => {
    let isFirst = true;
    const { gate, inner, calls } = gated(
      {},
      {
        async claim(key, claim) {
          const result = await inner.claim(key, claim);
          if (!isFirst) return result;
          isFirst = false;
          throw new Error('the connection was closed before the answer came');
        },
      },
    );
    expect((await gate.run(KEY, () => {})).status).toBe('unavailable');
    await settled();
    expect(await gate.run(KEY, ({ attempt, takeover }) => ({ attempt, takeover }))).toEqual({
      status: 'ran',
      value: { attempt: 2, takeover: false },
    });
    expect(calls[1]).toMatchObject({ verb: 'release', token: calls[0]?.token });
  });

  it('at every verb: the run is unavailable all the same', async () => {
    const { gate } = gated({}, { claim: down, release: down });
    expect((await gate.run(KEY, () => {})).status).toBe('unavailable');
  });

  it('by throwing where it should reject', async () => {
    const thrower = (): never => {
      throw new Error('not connected');
    };
    for (const faults of [{ claim: thrower }, { claim: thrower, release: thrower }]) {
      const outcome = await gated({}, faults).gate.run(KEY, () => {});
      expect(outcome).toMatchObject({ status: 'unavailable', cause: { message: 'not connected' } });
    }
    const ending = gated({}, { complete: thrower, extend: thrower, release: thrower });
    expect((await ending.gate.run('a', () => {})).status).toBe('ran');
    expect((await ending.gate.run('b', () => Promise.reject(new Error('no')))).status).toBe('failed');
  });

  it(`at the claim, with onStoreError 'process': the work runs, unguarded`, async () => {
    const { gate, troubles } = gated({ onStoreError: 'process' }, { claim: down, release: down });
    const items: string[] = [];
    const outcome = await gate.run(KEY, async ({ attempt, takeover, signal, once }) => {
      await once('a', () => items.push('a'));
      return { attempt, takeover, isAborted: signal.aborted };
    });
    expect(outcome).toEqual({ status: 'ran', value: { attempt: 1, takeover: false, isAborted: false } });
    expect(items).toEqual(['a']);
    expect(troubles).toEqual([expect.stringContaining('without it')]);
    const cause = new Error('no');
    expect(await gate.run(KEY, () => Promise.reject(cause))).toEqual({ status: 'failed', cause });
  });

  it('at the completion: the run has succeeded, and the store is asked again behind it', async () => {
    let failing = 2;
    const { gate, inner, calls, troubles } = gated(
      { lease: 300 },
      { complete: (...request) => (failing-- > 0 ? down() : inner.complete(...request)) },
    );
    expect(await gate.run(KEY, () => 'done')).toEqual({ status: 'ran', value: 'done' });
    for (let waited = 0; waited < 1100; waited += 100) {
      await vi.advanceTimersByTimeAsync(100);
      expect((await asStranger(inner)).status).toBe('busy');
    }
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await asStranger(inner)).toEqual({ status: 'done', outcome: 'ok' });
    expect(calls.filter(({ verb }) => verb === 'complete')).toHaveLength(3);
    expect(troubles).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('at every completion: the run has succeeded, the operator hears of it, and nothing goes on for ever', async () => {
    const { gate, inner, troubles } = gated({ lease: 300 }, { complete: down });
    expect((await gate.run(KEY, () => {})).status).toBe('ran');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(troubles.length).toBeGreaterThanOrEqual(2);
    expect(vi.getTimerCount()).toBe(0);
    expect(await asStranger(inner)).toMatchObject({ status: 'claimed', takeover: true });
  });

  it('at the completion of an event given up: it is rejected all the same, and recorded later', async () => {
    let failing = 1;
    const { gate, inner } = gated(
      {},
      { complete: (...request) => (failing-- > 0 ? down() : inner.complete(...request)) },
    );
    expect((await gate.run(KEY, () => Promise.reject(new PermanentError('no')))).status).toBe('rejected');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await asStranger(inner)).toEqual({ status: 'done', outcome: 'rejected' });
  });
});

describe('a store that hangs is cut off at the deadline', () => {
  const deadline = 700;

  async function timed<Result>(run: () => Promise<Result>): Promise<{ outcome: Result; ms: number }> {
    const started = Date.now();
    let ended: { outcome: Result; ms: number } | undefined;
    const running = run().then((outcome) => {
      ended = { outcome, ms: Date.now() - started };
      return ended;
    });
    for (let step = 0; ended === undefined && step < 100; step++) await vi.advanceTimersByTimeAsync(100);
    return running;
  }

  it('at the claim', async () => {
    const { gate, calls } = gated({ deadline }, { claim: never, release: never });
    const work = vi.fn();
    const { outcome, ms } = await timed(() => gate.run(KEY, work));
    expect(outcome).toEqual({
      status: 'unavailable',
      cause: expect.objectContaining({ message: expect.stringContaining('700 ms') }),
    });
    expect(ms).toBe(deadline);
    expect(work).not.toHaveBeenCalled();
    expect(calls[0]?.signal?.aborted).toBe(true);
  });

  it('at the completion', async () => {
    const { gate, calls, troubles } = gated({ deadline }, { complete: never });
    const { outcome, ms } = await timed(() => gate.run(KEY, () => 1));
    expect(outcome).toEqual({ status: 'ran', value: 1 });
    expect(ms).toBe(deadline);
    expect(calls.at(-1)).toMatchObject({ verb: 'complete', signal: { aborted: true } });
    expect(troubles).toHaveLength(1);
  });

  it('at the release', async () => {
    const { gate } = gated({ deadline }, { release: never });
    const { outcome, ms } = await timed(() => gate.run(KEY, () => Promise.reject(new Error('no'))));
    expect(outcome.status).toBe('failed');
    expect(ms).toBe(deadline);
  });

  it('at a beat, which loses nothing by itself', async () => {
    const { gate, troubles } = gated({ deadline, lease: 3000 }, { extend: never });
    const { outcome } = await timed(() => gate.run(KEY, () => sleep(2500)));
    expect(outcome.status).toBe('ran');
    expect(troubles.length).toBeGreaterThan(0);
  });

  it('of one second, unless said otherwise', async () => {
    const { gate } = gated({}, { claim: never });
    expect((await timed(() => gate.run(KEY, () => {}))).ms).toBe(1000);
  });

  it('and not before: the signal stays quiet for a store that answers', async () => {
    const { gate, calls } = gated({ deadline });
    await gate.run(KEY, () => {});
    await vi.advanceTimersByTimeAsync(10_000);
    expect(calls.map(({ signal }) => signal?.aborted)).toEqual([false, false]);
  });
});

describe('inFlight', () => {
  it(`'retry' sends a duplicate away at once`, async () => {
    const { gate, calls } = gated({ inFlight: 'retry' });
    void gate.run(KEY, () => sleep(100));
    expect((await gate.run(KEY, () => {})).status).toBe('busy');
    expect(verbs(calls)).toEqual(['claim', 'claim']);
    await vi.advanceTimersByTimeAsync(100);
  });

  it('waitMs waits for the first to end, and finds it done', async () => {
    const { gate } = gated({ inFlight: { waitMs: 5000 } });
    const first = gate.run(KEY, () => sleep(2000).then(() => 'first'));
    const second = gate.run(KEY, () => 'second');
    await vi.advanceTimersByTimeAsync(1999);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await first).toEqual({ status: 'ran', value: 'first' });
    expect(await second).toEqual({ status: 'done', outcome: 'ok' });
  });

  it('waitMs takes the place of a first that fails', async () => {
    const { gate } = gated({ inFlight: { waitMs: 5000 } });
    const first = gate.run(KEY, () => sleep(2000).then(() => Promise.reject(new Error('no'))));
    const second = gate.run(KEY, ({ attempt }) => attempt);
    await vi.advanceTimersByTimeAsync(3000);
    expect((await first).status).toBe('failed');
    expect(await second).toEqual({ status: 'ran', value: 2 });
  });

  it('waitMs ends: the duplicate is sent away then', async () => {
    const { gate } = gated({ inFlight: { waitMs: 1000 }, lease: 30_000 });
    const first = gate.run(KEY, () => sleep(5000));
    let second: GateOutcome<void> | undefined;
    void gate
      .run(KEY, () => {})
      .then((outcome) => {
        second = outcome;
      });
    await vi.advanceTimersByTimeAsync(999);
    expect(second).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(second).toMatchObject({ status: 'busy' });
    await vi.advanceTimersByTimeAsync(4000);
    expect((await first).status).toBe('ran');
  });

  it('waitMs lets exactly one of many waiters run when the first fails', async () => {
    const { gate } = gated({ inFlight: { waitMs: 60_000 } });
    const ran: number[] = [];
    const first = gate.run(KEY, () => sleep(2000).then(() => Promise.reject(new Error('no'))));
    const others = [1, 2, 3, 4, 5].map((who) => gate.run(KEY, () => ran.push(who)));
    await vi.advanceTimersByTimeAsync(60_000);
    await first;
    const statuses = (await Promise.all(others)).map(({ status }) => status);
    expect(ran).toHaveLength(1);
    expect(statuses.sort()).toEqual(['done', 'done', 'done', 'done', 'ran']);
  });

  it('waitMs hears of a store that fails while it waits', async () => {
    let asked = 0;
    const { gate, inner } = gated(
      { inFlight: { waitMs: 5000 } },
      { claim: (...request) => (++asked > 3 ? down() : inner.claim(...request)) },
    );
    const first = gate.run(KEY, () => sleep(4000));
    const second = gate.run(KEY, () => {});
    await vi.advanceTimersByTimeAsync(4000);
    expect((await first).status).toBe('ran');
    expect((await second).status).toBe('unavailable');
  });
});

describe('the waiters', () => {
  const waiting = (options: Partial<GateOptions> = {}) =>
    gated({ inFlight: { waitMs: 5000, waiters: 2 }, ...options });

  it('are so many at a time: who comes after them is sent away at once', async () => {
    const { gate } = waiting();
    const first = gate.run(KEY, () => sleep(2000));
    const waiters = [gate.run(KEY, () => {}), gate.run(KEY, () => {})];
    await settled();
    expect(await gate.run(KEY, () => {})).toMatchObject({ status: 'busy' });
    await vi.advanceTimersByTimeAsync(3000);
    expect((await first).status).toBe('ran');
    for (const waiter of waiters) expect((await waiter).status).toBe('done');
  });

  it('make room when they end, however they end', async () => {
    let isDown = false;
    const { gate, inner } = gated(
      { inFlight: { waitMs: 1000, waiters: 1 } },
      { claim: (...request) => (isDown ? down() : inner.claim(...request)) },
    );
    const first = gate.run(KEY, () => sleep(60_000));
    for (let round = 0; round < 5; round++) {
      isDown = false;
      const waiter = gate.run(KEY, () => {});
      await settled();
      isDown = round % 2 === 1;
      await vi.advanceTimersByTimeAsync(1000);
      expect((await waiter).status).toBe(isDown ? 'unavailable' : 'busy');
    }
    isDown = false;
    const last = gate.run(KEY, () => {});
    let answered = false;
    void last.then(() => {
      answered = true;
    });
    await vi.advanceTimersByTimeAsync(500);
    expect(answered).toBe(false);
    await vi.advanceTimersByTimeAsync(60_000);
    await first;
  });

  it('wait once for a delivery, over all of its keys', async () => {
    const { store, gate } = gated();
    const keeper = createKeeper({ store, inFlight: { waitMs: 1000 } });
    const firsts = ['a', 'b'].map((key) => gate.run(key, () => sleep(60_000)));
    await settled();
    const answers: string[] = [];
    void keeper.pass(
      async (take) => {
        for (const key of ['a', 'b']) answers.push((await take(key)).status);
        return { status: 'refused' };
      },
      () => {},
    );
    await vi.advanceTimersByTimeAsync(999);
    expect(answers).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(answers).toEqual(['busy', 'busy']);
    await vi.advanceTimersByTimeAsync(60_000);
    await Promise.all(firsts);
  });

  it('are counted over all keys of a gate', async () => {
    const { gate } = gated({ inFlight: { waitMs: 5000, waiters: 1 } });
    const firsts = ['a', 'b'].map((key) => gate.run(key, () => sleep(1000)));
    const waiter = gate.run('a', () => {});
    await settled();
    expect((await gate.run('b', () => {})).status).toBe('busy');
    await vi.advanceTimersByTimeAsync(2000);
    await Promise.all([...firsts, waiter]);
  });

  it('are a hundred by default', async () => {
    const { gate } = gated({ inFlight: { waitMs: 5000 } });
    const first = gate.run(KEY, () => sleep(60_000));
    const waiters = Array.from({ length: 101 }, () => gate.run(KEY, () => {}));
    let sentAway = 0;
    for (const waiter of waiters) void waiter.then(() => sentAway++);
    await settled();
    expect(sentAway).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    await first;
  });

  it('ask at most 400 ms apart, and at least 25', async () => {
    const { gate, calls } = gated({ inFlight: { waitMs: 10_000 } });
    const first = gate.run(KEY, () => sleep(60_000));
    const waiter = gate.run(KEY, () => {});
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await waiter).status).toBe('busy');
    const claims = verbs(calls).filter((verb) => verb === 'claim').length - 1;
    expect(claims).toBeGreaterThanOrEqual(10_000 / 400);
    expect(claims).toBeLessThanOrEqual(10_000 / 400 + 6);
    await vi.advanceTimersByTimeAsync(60_000);
    await first;
  });

  it('do not wait for longer when the wall clock is set back', async () => {
    const { gate } = gated({ inFlight: { waitMs: 1000 } });
    const first = gate.run(KEY, () => sleep(60_000));
    let answered = false;
    void gate
      .run(KEY, () => {})
      .then(() => {
        answered = true;
      });
    await settled();
    vi.setSystemTime(Date.now() - HOUR);
    await vi.advanceTimersByTimeAsync(1500);
    expect(answered).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    await first;
  });
});

describe('maxAttempts', () => {
  const poison = new Error('poison');
  const failing = () => Promise.reject(poison);

  it('gives up the failure of the last one, as if by PermanentError', async () => {
    const { gate } = gated({ maxAttempts: 3 });
    const onRejected = vi.fn();
    const outcomes: GateOutcome<never>[] = [];
    for (let round = 0; round < 5; round++) outcomes.push(await gate.run(KEY, failing, { onRejected }));
    expect(outcomes).toEqual([
      { status: 'failed', cause: poison },
      { status: 'failed', cause: poison },
      { status: 'rejected', cause: poison },
      { status: 'done', outcome: 'rejected' },
      { status: 'done', outcome: 'rejected' },
    ]);
    expect(onRejected).toHaveBeenCalledExactlyOnceWith(poison);
  });

  it('does not stand in the way of a success', async () => {
    const { gate } = gated({ maxAttempts: 2 });
    await gate.run(KEY, failing);
    expect(await gate.run(KEY, () => 'ok')).toEqual({ status: 'ran', value: 'ok' });
  });

  it('has no end by default', async () => {
    const { gate } = gated();
    for (let round = 0; round < 50; round++) expect((await gate.run(KEY, failing)).status).toBe('failed');
  });

  it('counts an attempt whose process died', async () => {
    const { gate, inner } = gated({ maxAttempts: 2 });
    await asStranger(inner, 1000);
    await vi.advanceTimersByTimeAsync(1000);
    expect((await gate.run(KEY, failing)).status).toBe('rejected');
  });

  it('is about deliveries: an item of a batch is never given up and skipped', async () => {
    const { gate } = gated({ maxAttempts: 2 });
    const work = vi.fn(failing);
    const outcome = await gate.run(KEY, async ({ once }) => {
      for (let round = 0; round < 5; round++) await once('a', work).catch(() => {});
    });
    expect(outcome.status).toBe('ran');
    expect(work).toHaveBeenCalledTimes(5);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '3'])('is refused as %s', (maxAttempts) => {
    expect(() => gated({ maxAttempts: maxAttempts as number })).toThrow(
      /^maxAttempts must be a whole number/,
    );
  });
});

describe('what hears of a run that is given up', () => {
  it('and fails: the run has failed, and comes again', async () => {
    const { gate } = gated();
    const cause = new Error('disk full');
    const onRejected = () => Promise.reject(cause);
    const permanent = () => Promise.reject(new PermanentError('no'));
    expect(await gate.run(KEY, permanent, { onRejected })).toEqual({ status: 'failed', cause });
    expect(await gate.run(KEY, ({ attempt }) => attempt)).toEqual({ status: 'ran', value: 2 });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('once', () => {
  const items = ['a', 'b', 'a|b', '', ' ', '%7C', 'A', '__proto__', 'constructor', 'é', 'e\u0301'];

  it('runs each item once, over all attempts', async () => {
    const { gate } = gated();
    const ran: string[] = [];
    const verdicts: string[][] = [];
    for (const failAfter of [4, 8, items.length]) {
      const seen: string[] = [];
      verdicts.push(seen);
      const outcome = await gate.run(KEY, async ({ once }) => {
        for (const [index, item] of items.entries()) {
          if (index === failAfter) throw new Error('crash');
          seen.push(await once(item, () => ran.push(item)));
        }
      });
      expect(outcome.status).toBe(failAfter === items.length ? 'ran' : 'failed');
    }
    expect(ran).toEqual(items);
    expect(verdicts[2]).toEqual(items.map((_, index) => (index < 8 ? 'skipped' : 'ran')));
  });

  it('runs an item again that failed, and hands its error on', async () => {
    const { gate } = gated();
    const ran: string[] = [];
    const cause = new Error('b is not ready');
    const batch = (isReady: boolean) =>
      gate.run(KEY, async ({ once }) => {
        await once('a', () => ran.push('a'));
        await once('b', () => {
          if (!isReady) throw cause;
          ran.push('b');
        });
      });
    expect(await batch(false)).toEqual({ status: 'failed', cause });
    expect((await batch(true)).status).toBe('ran');
    expect(ran).toEqual(['a', 'b']);
  });

  it('gives up the delivery with an item that is given up, unless the handler goes on', async () => {
    const { gate } = gated();
    const permanent = () => Promise.reject(new PermanentError('no'));
    expect((await gate.run('one', ({ once }) => once('a', permanent))).status).toBe('rejected');
    const goesOn = () => gate.run('two', ({ once }) => once('a', permanent).catch(() => once('b', () => {})));
    expect(await goesOn()).toEqual({ status: 'ran', value: 'ran' });
  });

  it('runs an item once when it stands twice in a batch', async () => {
    const { gate } = gated();
    const work = vi.fn();
    const outcome = await gate.run(KEY, async ({ once }) => [await once('a', work), await once('a', work)]);
    expect(outcome).toEqual({ status: 'ran', value: ['ran', 'skipped'] });
    expect(work).toHaveBeenCalledOnce();
  });

  it('keeps the items of two deliveries apart', async () => {
    const { gate } = gated();
    const work = vi.fn();
    for (const key of ['one', 'two']) await gate.run(key, ({ once }) => once('a', work));
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('fails the delivery, for another try, when the store is away', async () => {
    let isDown = false;
    const { gate, inner } = gated({}, { claim: (...request) => (isDown ? down() : inner.claim(...request)) });
    const work = vi.fn();
    const outcome = await gate.run(KEY, async ({ once }) => {
      isDown = true;
      await once('a', work);
    });
    expect(outcome).toMatchObject({ status: 'failed', cause: { message: 'ECONNREFUSED' } });
    expect(work).not.toHaveBeenCalled();
  });

  it('takes an item that is not well-formed text', async () => {
    const { gate } = gated();
    const ran: string[] = [];
    const batch = () =>
      gate.run(KEY, async ({ once }) => {
        for (const item of ['\ud800', '\udc00', '\ufffd']) await once(item, () => ran.push(item));
        if (ran.length === 3) throw new Error('crash');
      });
    expect(await batch()).toMatchObject({ cause: { message: 'crash' } });
    await batch();
    expect(ran).toEqual(['\ud800', '\udc00', '\ufffd']);
  });

  it('does not let the sender of a batch choose how long our keys are', async () => {
    const { gate, calls } = gated();
    const work = vi.fn();
    const long = 'x'.repeat(100_000);
    await gate.run(KEY, async ({ once }) => {
      for (const item of [`${long}1`, `${long}2`, `${long}1`]) await once(item, work);
    });
    expect(work).toHaveBeenCalledTimes(2);
    for (const { key } of calls) expect(key.length).toBeLessThan(KEY.length + 200);
  });
});

describe('the fence', () => {
  it('grows with every claim of a key: releases, takeovers, and losses', async () => {
    const { gate, inner } = gated({ lease: 1000 });
    const fences: number[] = [];
    const note = ({ fence }: RunContext): void => void fences.push(fence);
    await gate.run(KEY, (context) => {
      note(context);
      throw new Error('no');
    });
    const crashed = await inner.claim(KEY, { token: 'crashed', leaseMs: 1000, retentionMs: HOUR });
    if (crashed.status === 'claimed') fences.push(crashed.fence);
    await vi.advanceTimersByTimeAsync(1000);
    await gate.run(KEY, (context) => {
      note(context);
      throw new Error('no');
    });
    await gate.run(KEY, note);
    expect(fences).toEqual([1, 2, 3, 4]);
  });

  it('is the same when a client library sends the claim twice', async () => {
    const { gate, inner } = gated(
      {},
      {
        async claim(key: string, claim: ClaimRequest) {
          await inner.claim(key, claim);
          return inner.claim(key, claim);
        },
      },
    );
    expect(await gate.run(KEY, ({ fence, attempt, takeover }) => ({ fence, attempt, takeover }))).toEqual({
      status: 'ran',
      value: { fence: 1, attempt: 1, takeover: false },
    });
  });
});

describe('createGate refuses', () => {
  const refusal = expect.objectContaining({ name: 'TypeError', code: 'ERR_WEBHOOK_CONFIG_OPTION' });
  const durations = [0, -1, Number.NaN, Number.POSITIVE_INFINITY];

  it.each(['lease', 'retention', 'maxRun', 'deadline'] as const)('a %s that is no duration', (name) => {
    for (const ms of durations) {
      expect(() => createGate({ store: memoryStore(), [name]: ms })).toThrow(refusal);
      expect(() => createGate({ store: memoryStore(), [name]: ms })).toThrow(name);
    }
  });

  it('an inFlight that is no duration, which would never end', () => {
    for (const waitMs of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => createGate({ store: memoryStore(), inFlight: { waitMs } })).toThrow(refusal);
    }
    for (const waiters of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => createGate({ store: memoryStore(), inFlight: { waitMs: 10, waiters } })).toThrow(refusal);
    }
  });

  it('words that it does not know, where a wrong guess would run something twice', () => {
    const options: unknown[] = [
      { inFlight: 'wait' },
      { onStoreError: 'proceed' },
      { onStoreError: 'Reject' },
    ];
    for (const option of options) {
      const given = { store: memoryStore(), ...(option as Partial<GateOptions>) };
      expect(() => createGate(given)).toThrow(refusal);
    }
  });
});

describe('whatever the order in which things happen', () => {
  beforeEach(() => void vi.useRealTimers());

  /** Every request and every answer takes as long as the scheduler likes. */
  function scheduled(inner: DedupStore, s: fc.Scheduler): DedupStore {
    const delayed = async <Result>(label: string, ask: () => Promise<Result>): Promise<Result> => {
      await s.schedule(Promise.resolve(), `${label} is sent`);
      const answer = await ask();
      await s.schedule(Promise.resolve(), `${label} is answered`);
      return answer;
    };
    return {
      ...inner,
      claim: (...request) => delayed('claim', () => inner.claim(...request)),
      complete: (...request) => delayed('complete', () => inner.complete(...request)),
      release: (...request) => delayed('release', () => inner.release(...request)),
      extend: (...request) => delayed('extend', () => inner.extend(...request)),
    };
  }

  const patient = { lease: HOUR, deadline: HOUR, maxRun: HOUR };

  it('of many runs at once, one does the work of each key', async () => {
    const keys = fc.array(fc.constantFrom('a', 'b'), { minLength: 2, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), keys, async (s, deliveries) => {
        const gate = createGate({ store: scheduled(memoryStore(), s), ...patient });
        const effects: string[] = [];
        const runs = deliveries.map((key) =>
          gate.run(key, async () => {
            await s.schedule(Promise.resolve(), 'work');
            effects.push(key);
          }),
        );
        const outcomes = await s.waitFor(Promise.all(runs));
        const distinct = [...new Set(deliveries)].sort();
        expect(effects.sort()).toEqual(distinct);
        for (const key of distinct) {
          const statuses = outcomes
            .filter((_, index) => deliveries[index] === key)
            .map(({ status }) => status);
          expect(statuses.filter((status) => status === 'ran')).toHaveLength(1);
          expect(statuses.every((status) => ['ran', 'busy', 'done'].includes(status))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a sender that comes again until it is told done is told so, after one success', async () => {
    const senders = fc.integer({ min: 1, max: 5 });
    const failures = fc.integer({ min: 0, max: 3 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), senders, failures, async (s, count, failing) => {
        const gate = createGate({ store: scheduled(memoryStore(), s), ...patient });
        const attempts: number[] = [];
        let successes = 0;
        const send = async (gateFor: Gate): Promise<string> => {
          for (let tries = 0; tries < 1000; tries++) {
            const outcome = await gateFor.run(KEY, async ({ attempt }) => {
              attempts.push(attempt);
              await s.schedule(Promise.resolve(), 'work');
              if (attempts.length <= failing) throw new Error('not yet');
              successes++;
            });
            if (outcome.status === 'ran' || outcome.status === 'done') return outcome.status;
            await s.schedule(Promise.resolve(), 'pause');
          }
          return 'never';
        };
        const ends = await s.waitFor(Promise.all(Array.from({ length: count }, () => send(gate))));
        expect(successes).toBe(1);
        expect(ends.filter((end) => end === 'ran')).toHaveLength(1);
        expect(ends).not.toContain('never');
        expect(attempts).toEqual(Array.from({ length: failing + 1 }, (_, index) => index + 1));
      }),
      { numRuns: 200 },
    );
  });

  it('when leases end at any moment, the last owner alone is told that it ran', async () => {
    const runs = fc.integer({ min: 2, max: 5 });
    const expiries = fc.integer({ min: 1, max: 4 });
    let overlaps = 0;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), runs, expiries, async (s, count, ends) => {
        const clock = { at: 0 };
        const store = memoryStore({ now: () => clock.at });
        const gate = createGate({ store: scheduled(store, s), ...patient });
        const fences: number[] = [];
        const time = (async () => {
          for (let each = 0; each < ends; each++) {
            await s.schedule(Promise.resolve(), 'the lease ends');
            clock.at += HOUR;
          }
        })();
        const attempts = Array.from({ length: count }, () =>
          gate.run(KEY, async ({ fence }) => {
            fences.push(fence);
            await s.schedule(Promise.resolve(), 'work');
            return fence;
          }),
        );
        const outcomes = await s.waitFor(Promise.all(attempts));
        await s.waitFor(time);
        const ran = outcomes.flatMap((outcome) => (outcome.status === 'ran' ? [outcome.value] : []));
        expect(ran.length).toBe(1);
        expect(ran[0]).toBe(Math.max(...fences));
        expect(new Set(fences).size).toBe(fences.length);
        if (fences.length > 1) overlaps++;
        const losers = outcomes.filter(({ status }) => status === 'lost').length;
        expect(losers).toBe(fences.length - 1);
      }),
      { numRuns: 300 },
    );
    // Otherwise no lease ever ended while somebody worked, and nothing was shown.
    expect(overlaps).toBeGreaterThan(0);
  });
});

describe('a keeper', () => {
  it('gives back what was taken on the way to a refusal, and when the way ends in an error', async () => {
    const { store } = gated();
    const keeper = createKeeper({ store });
    const refused = keeper.pass(
      async (take) => {
        await take('a');
        await take('b');
        return { status: 'refused' };
      },
      () => {},
    );
    expect(await refused).toEqual({ status: 'refused' });
    const failing = keeper.pass(
      async (take) => {
        await take('a');
        throw new Error('no');
      },
      () => {},
    );
    await expect(failing).rejects.toThrow('no');
    for (const key of ['a', 'b']) {
      const entry = await store.claim(key, { token: 'next', leaseMs: 1, retentionMs: 1 });
      expect(entry).toMatchObject({ status: 'claimed', takeover: false });
    }
    expect(vi.getTimerCount()).toBe(0);
  });

  it('settles all keys of a run with it', async () => {
    const { store } = gated();
    const keeper = createKeeper({ store });
    const both = (work: () => unknown) =>
      keeper.pass(async (take) => {
        await take('a', 'fa');
        return take('b', 'fb');
      }, work);
    expect(await both(() => Promise.reject(new Error('no')))).toMatchObject({ status: 'failed' });
    expect(await both(() => 1)).toEqual({ status: 'ran', value: 1 });
    for (const key of ['a', 'b']) {
      expect(await store.claim(key, { token: 'next', leaseMs: 1, retentionMs: 1 })).toMatchObject({
        status: 'done',
        fingerprint: `f${key}`,
      });
    }
  });
});
