import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createGate,
  type GateOptions,
  memoryStore,
  PermanentError,
  type RunContext,
  reply,
} from '../src/index.ts';
import { type Faults, memoryDatabase, type Tx } from './support/memory-database.ts';

const KEY = 'v1|acme|orders||evt_1';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const never = (): Promise<never> => new Promise(() => {});
const down = (): never => {
  throw new Error('ECONNREFUSED');
};

function gated(options: Partial<GateOptions<Tx>> = {}, faults: Faults = {}) {
  const database = memoryDatabase(faults);
  const troubles: string[] = [];
  const onTrouble = (message: string) => void troubles.push(message);
  const gate = createGate({ store: database.store, onTrouble, ...options });
  return { ...database, gate, troubles };
}

/** Adds one to a row: an effect that shows how often it happened. */
const count =
  (row = 'n') =>
  async ({ tx }: RunContext<Tx>): Promise<void> =>
    tx.set(row, (((await tx.get(row)) as number | undefined) ?? 0) + 1);

beforeEach(() => void vi.useFakeTimers());

afterEach(() => void vi.useRealTimers());

describe('the double', () => {
  it('is serialisable: of two transactions that read and write the same row, one is rolled back', async () => {
    const { store, rows } = memoryDatabase();
    const add = () =>
      store.transaction(async ({ tx }) => {
        const seen = (await tx.get('n')) as number | undefined;
        await sleep(10);
        await tx.set('n', (seen ?? 0) + 1);
      });
    const both = Promise.allSettled([add(), add()]);
    await vi.advanceTimersByTimeAsync(10);
    expect((await both).map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(rows()).toEqual({ n: 1 });
  });

  it('leaves nothing of a transaction that is rolled back', async () => {
    const { store, rows, keys, openLocks } = memoryDatabase();
    const failing = store.transaction(async ({ tx, take }) => {
      await take(KEY, { retentionMs: 1000 });
      await tx.set('n', 1);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect([rows(), keys(), openLocks()]).toEqual([{}, [], 0]);
  });
});

describe('a run in a transaction', () => {
  it('commits its effect with its record, once', async () => {
    const { gate, rows, log } = gated();
    expect(await gate.run(KEY, count())).toEqual({ status: 'ran', value: undefined });
    expect(rows()).toEqual({ n: 1 });
    expect(await gate.run(KEY, count())).toMatchObject({ status: 'done', outcome: 'ok' });
    expect(rows()).toEqual({ n: 1 });
    expect(log).toEqual(['begin', 'take', 'commit', 'committed', 'begin', 'take', 'commit', 'committed']);
  });

  it('shows nothing to others before it is committed', async () => {
    const { gate, rows } = gated();
    const running = gate.run(KEY, async (context) => {
      await count()(context);
      await sleep(100);
    });
    await vi.advanceTimersByTimeAsync(99);
    expect(rows()).toEqual({});
    await vi.advanceTimersByTimeAsync(1);
    await running;
    expect(rows()).toEqual({ n: 1 });
  });

  it('makes every other one wait', async () => {
    const { gate, rows } = gated();
    const first = gate.run(KEY, async (context) => {
      await sleep(100);
      await count()(context);
    });
    await vi.advanceTimersByTimeAsync(50);
    const work = vi.fn();
    expect(await gate.run(KEY, work)).toEqual({ status: 'busy', retryAfterMs: 1000 });
    expect(work).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(50);
    expect((await first).status).toBe('ran');
    expect(rows()).toEqual({ n: 1 });
  });

  it('hands over the attempt, the transaction, and a signal that stays quiet', async () => {
    const { gate } = gated();
    let context: RunContext<Tx> | undefined;
    await gate.run(KEY, (given) => {
      context = given;
    });
    expect(context).toMatchObject({ attempt: 1, takeover: false, fence: 1 });
    expect(context?.tx.set).toBeTypeOf('function');
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(context?.signal.aborted).toBe(false);
  });

  it('may take as long as maxRun allows, whatever the deadline of the store', async () => {
    const { gate, rows } = gated({ deadline: 1000 });
    const running = gate.run(KEY, async (context) => {
      await sleep(600_000);
      await count()(context);
    });
    await vi.advanceTimersByTimeAsync(600_000);
    expect((await running).status).toBe('ran');
    expect(rows()).toEqual({ n: 1 });
  });

  it('leaves no timer behind, however it ends', async () => {
    const { gate } = gated({ maxAttempts: 3 });
    await gate.run('ran', () => {});
    await gate.run('ran', () => {});
    await gate.run('failed', () => Promise.reject(new Error('no')));
    await gate.run('rejected', () => Promise.reject(new PermanentError('no')));
    const broken = gated({}, { commit: down });
    await broken.gate.run('unavailable', () => {});
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('work that throws', () => {
  it('is rolled back whole, counted, and may run again', async () => {
    const { gate, rows, log, openLocks } = gated();
    const cause = new Error('no');
    const failing = async (context: RunContext<Tx>) => {
      await count()(context);
      throw cause;
    };
    expect(await gate.run(KEY, failing)).toEqual({ status: 'failed', cause });
    expect([rows(), openLocks()]).toEqual([{}, 0]);
    expect(log).toEqual(['begin', 'take', 'fail']);
    const attempts: number[] = [];
    await gate.run(KEY, async (context) => {
      attempts.push(context.attempt, context.fence);
      await count()(context);
    });
    expect(attempts).toEqual([2, 2]);
    expect(rows()).toEqual({ n: 1 });
  });

  it('has failed even where that cannot be counted', async () => {
    const { gate, troubles } = gated({}, { fail: down });
    const cause = new Error('no');
    expect(await gate.run(KEY, () => Promise.reject(cause))).toEqual({ status: 'failed', cause });
    expect(troubles).toEqual([expect.stringContaining('count')]);
    expect(await gate.run(KEY, ({ attempt }) => attempt)).toEqual({ status: 'ran', value: 1 });
  });

  it('is given up by a PermanentError: rolled back, told, recorded', async () => {
    const { gate, rows, log } = gated();
    const cause = new PermanentError('no such order');
    const onRejected = vi.fn(async () => {
      expect(rows()).toEqual({});
      await sleep(100);
      log.push('told');
    });
    const failing = async (context: RunContext<Tx>) => {
      await count()(context);
      throw cause;
    };
    const running = gate.run(KEY, failing, { onRejected });
    await vi.advanceTimersByTimeAsync(100);
    expect(await running).toEqual({ status: 'rejected', cause });
    expect(onRejected).toHaveBeenCalledExactlyOnceWith(cause);
    expect(log).toEqual(['begin', 'take', 'told', 'reject']);
    expect(await gate.run(KEY, count())).toMatchObject({ status: 'done', outcome: 'rejected' });
    expect(rows()).toEqual({});
  });

  it('is given up after maxAttempts', async () => {
    const { gate, rows } = gated({ maxAttempts: 3 });
    const failing = async (context: RunContext<Tx>) => {
      await count()(context);
      throw new Error('poison');
    };
    const onRejected = vi.fn();
    const statuses = [];
    for (let round = 0; round < 5; round++) {
      statuses.push((await gate.run(KEY, failing, { onRejected })).status);
    }
    expect(statuses).toEqual(['failed', 'failed', 'rejected', 'done', 'done']);
    expect(onRejected).toHaveBeenCalledOnce();
    expect(rows()).toEqual({});
  });

  it('comes again where it cannot be recorded as given up', async () => {
    const { gate } = gated({}, { reject: down });
    const outcome = await gate.run(KEY, () => Promise.reject(new PermanentError('no')));
    expect(outcome).toMatchObject({ status: 'unavailable', cause: { message: 'ECONNREFUSED' } });
    expect((await gate.run(KEY, () => {})).status).toBe('ran');
  });

  it('comes again where its dead letter cannot be kept', async () => {
    const { gate } = gated();
    const permanent = () => Promise.reject(new PermanentError('no'));
    const failed = new Error('disk full');
    expect(await gate.run(KEY, permanent, { onRejected: () => Promise.reject(failed) })).toEqual({
      status: 'failed',
      cause: failed,
    });
    expect(await gate.run(KEY, ({ attempt }) => attempt)).toEqual({ status: 'ran', value: 2 });
  });

  it('is lost, not rejected, when another attempt handles it while its dead letter is kept', async () => {
    const { gate, rows } = gated();
    const outcome = await gate.run(KEY, () => Promise.reject(new PermanentError('no')), {
      onRejected: async () => expect((await gate.run(KEY, count())).status).toBe('ran'),
    });
    expect(outcome).toMatchObject({ status: 'lost', cause: { code: 'ERR_WEBHOOK_LEASE_LOST' } });
    expect(await gate.run(KEY, () => {})).toMatchObject({ status: 'done', outcome: 'ok' });
    expect(rows()).toEqual({ n: 1 });
  });
});

describe('maxRun', () => {
  it('aborts the signal, and the transaction is rolled back', async () => {
    const { gate, rows, openLocks } = gated({ maxRun: 2000 });
    let signal: AbortSignal | undefined;
    const running = gate.run(KEY, async (context) => {
      signal = context.signal;
      await count()(context);
      return never();
    });
    await vi.advanceTimersByTimeAsync(1999);
    expect(signal?.aborted).toBe(false);
    expect(await gate.run(KEY, () => {})).toMatchObject({ status: 'busy' });
    await vi.advanceTimersByTimeAsync(1);
    expect(signal?.aborted).toBe(true);
    expect(await running).toEqual({ status: 'lost', cause: signal?.reason });
    expect(signal?.reason).toMatchObject({ code: 'ERR_WEBHOOK_LEASE_LOST' });
    expect([rows(), openLocks()]).toEqual([{}, 0]);
    expect(await gate.run(KEY, ({ attempt }) => attempt)).toEqual({ status: 'ran', value: 2 });
  });

  it('is no failure of the handler, not even of the last attempt', async () => {
    const { gate } = gated({ maxRun: 1000, maxAttempts: 1 });
    const onRejected = vi.fn();
    const running = gate.run(KEY, never, { onRejected });
    await vi.advanceTimersByTimeAsync(1000);
    expect((await running).status).toBe('lost');
    expect(onRejected).not.toHaveBeenCalled();
  });

  it('bounds the keeping of a dead letter, too', async () => {
    const { gate } = gated({ maxRun: 2000 });
    const running = gate.run(KEY, () => Promise.reject(new PermanentError('no')), { onRejected: never });
    await vi.advanceTimersByTimeAsync(2000);
    expect(await running).toMatchObject({ status: 'lost' });
    expect((await gate.run(KEY, () => {})).status).toBe('ran');
  });

  it('leaves nothing that the work does after that', async () => {
    const { gate, rows } = gated({ maxRun: 1000 });
    const running = gate.run(KEY, async (context) => {
      await sleep(1500);
      await count()(context);
    });
    await vi.advanceTimersByTimeAsync(2000);
    expect((await running).status).toBe('lost');
    expect(rows()).toEqual({});
  });
});

describe('a store that fails', () => {
  it.each<[string, Faults]>([
    ['at the beginning', { begin: down }],
    ['when the key is taken', { take: down }],
  ])('%s: the run is unavailable, and nothing ran', async (_, faults) => {
    const { gate, openLocks, log } = gated({}, faults);
    const work = vi.fn();
    expect(await gate.run(KEY, work)).toMatchObject({
      status: 'unavailable',
      cause: { message: 'ECONNREFUSED' },
    });
    expect(log).not.toContain('commit');
    expect(work).not.toHaveBeenCalled();
    expect(openLocks()).toBe(0);
  });

  it('at the commit: the run is unavailable, and left nothing; it is no failure of the handler', async () => {
    let failing = true;
    const { gate, rows, log } = gated({}, { commit: () => failing && down() });
    expect(await gate.run(KEY, count())).toMatchObject({ status: 'unavailable' });
    expect(rows()).toEqual({});
    expect(log).not.toContain('fail');
    failing = false;
    expect(await gate.run(KEY, count())).toMatchObject({ status: 'ran' });
    expect(rows()).toEqual({ n: 1 });
  });

  it('after the commit: the run is unavailable, and the next one finds the truth', async () => {
    let failing = true;
    const { gate, rows, log } = gated({}, { committed: () => failing && down() });
    expect(await gate.run(KEY, count())).toMatchObject({ status: 'unavailable' });
    expect(log).not.toContain('fail');
    failing = false;
    expect(await gate.run(KEY, count())).toMatchObject({ status: 'done', outcome: 'ok' });
    expect(rows()).toEqual({ n: 1 });
  });

  it('because two transactions collide: one is unavailable, and runs again', async () => {
    const { gate, rows } = gated();
    const colliding = async ({ tx }: RunContext<Tx>) => {
      const seen = ((await tx.get('n')) as number | undefined) ?? 0;
      await sleep(10);
      await tx.set('n', seen + 1);
    };
    const both = Promise.all([gate.run('a', colliding), gate.run('b', colliding)]);
    await vi.advanceTimersByTimeAsync(10);
    const statuses = (await both).map(({ status }) => status);
    expect(statuses.sort()).toEqual(['ran', 'unavailable']);
    expect(rows()).toEqual({ n: 1 });
  });

  it.each<[string, Faults]>([
    ['begin', { begin: never }],
    ['take a key', { take: never }],
    ['commit', { commit: never }],
  ])('by taking for ever to %s: the run is unavailable after the deadline', async (_, faults) => {
    const { gate } = gated({ deadline: 3000 }, faults);
    let outcome: unknown;
    void gate
      .run(KEY, () => {})
      .then((end) => {
        outcome = end;
      });
    await vi.advanceTimersByTimeAsync(2999);
    expect(outcome).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(outcome).toMatchObject({
      status: 'unavailable',
      cause: { message: expect.stringContaining('3000 ms') },
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('by beginning when nobody waits any more: nothing runs', async () => {
    const { gate, openLocks } = gated({ deadline: 1000 }, { begin: () => sleep(1500) });
    const work = vi.fn();
    const running = gate.run(KEY, work);
    await vi.advanceTimersByTimeAsync(2000);
    expect((await running).status).toBe('unavailable');
    expect(work).not.toHaveBeenCalled();
    expect(openLocks()).toBe(0);
  });

  it('has five seconds by default: connections may all be in use for a moment', async () => {
    const { gate } = gated({}, { begin: () => sleep(4900) });
    const running = gate.run(KEY, () => 1);
    await vi.advanceTimersByTimeAsync(4900);
    expect(await running).toEqual({ status: 'ran', value: 1 });
  });

  it('by throwing where it should reject', async () => {
    const { store } = memoryDatabase();
    const gate = createGate({ store: { ...store, transaction: down } });
    expect(await gate.run(KEY, () => {})).toMatchObject({ status: 'unavailable' });
  });

  it('and tries again by itself: the last run counts', async () => {
    const { store, rows } = memoryDatabase();
    const twice: typeof store = {
      ...store,
      transaction: (work) => store.transaction(work).catch(() => store.transaction(work)),
    };
    const gate = createGate({ store: twice });
    let runs = 0;
    const outcome = await gate.run(KEY, async (context) => {
      await count()(context);
      if (++runs === 1) throw new Error('could not serialize access');
    });
    expect(outcome).toEqual({ status: 'ran', value: undefined });
    expect(rows()).toEqual({ n: 1 });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a store that tries again by itself', () => {
  it('and fails then: the handler is not blamed for the first try', async () => {
    const { store, log } = memoryDatabase({ commit: down });
    const twice: typeof store = {
      ...store,
      transaction: (work) => store.transaction(work).catch(() => store.transaction(work)),
    };
    let runs = 0;
    const outcome = await createGate({ store: twice }).run(KEY, () => {
      if (++runs === 1) throw new Error('could not serialize access');
    });
    expect(outcome).toMatchObject({ status: 'unavailable', cause: { message: 'ECONNREFUSED' } });
    expect(log).toEqual(['begin', 'take', 'begin', 'take', 'commit']);
  });
});

describe('inFlight', () => {
  it('waitMs holds no connection between two questions, and finds the first done', async () => {
    const { gate, log } = gated({ inFlight: { waitMs: 5000 } });
    const first = gate.run(KEY, () => sleep(2000).then(() => 'first'));
    const second = gate.run(KEY, () => 'second');
    await vi.advanceTimersByTimeAsync(3000);
    expect(await first).toEqual({ status: 'ran', value: 'first' });
    expect(await second).toMatchObject({ status: 'done' });
    const begun = log.filter((step) => step === 'begin').length;
    expect(begun).toBeGreaterThan(5);
    expect(log.filter((step) => step === 'commit')).toHaveLength(begun);
  });

  it('waitMs takes the place of a first that fails', async () => {
    const { gate } = gated({ inFlight: { waitMs: 5000 } });
    const first = gate.run(KEY, () => sleep(2000).then(() => Promise.reject(new Error('no'))));
    const second = gate.run(KEY, ({ attempt }) => attempt);
    await vi.advanceTimersByTimeAsync(3000);
    expect((await first).status).toBe('failed');
    expect(await second).toEqual({ status: 'ran', value: 2 });
  });
});

describe('once in a transaction', () => {
  it('commits its items with the delivery, or none of them', async () => {
    const { gate, rows } = gated();
    const batch = (isReady: boolean) => async (context: RunContext<Tx>) => {
      const verdicts = [await context.once('a', () => count('a')(context))];
      if (!isReady) throw new Error('crash');
      verdicts.push(await context.once('b', () => count('b')(context)));
      return verdicts;
    };
    expect((await gate.run(KEY, batch(false))).status).toBe('failed');
    expect(rows()).toEqual({});
    expect(await gate.run(KEY, batch(true))).toEqual({ status: 'ran', value: ['ran', 'ran'] });
    expect(rows()).toEqual({ a: 1, b: 1 });
  });

  it('runs an item once when it stands twice in a batch', async () => {
    const { gate } = gated();
    const work = vi.fn();
    const outcome = await gate.run(KEY, async ({ once }) => [await once('a', work), await once('a', work)]);
    expect(outcome).toEqual({ status: 'ran', value: ['ran', 'skipped'] });
    expect(work).toHaveBeenCalledOnce();
  });

  it('takes back an item that throws', async () => {
    const { gate, keys } = gated();
    const cause = new Error('not ready');
    const outcome = await gate.run(KEY, async ({ once }) => {
      await expect(once('a', () => Promise.reject(cause))).rejects.toBe(cause);
      return once('b', () => {});
    });
    expect(outcome).toEqual({ status: 'ran', value: 'ran' });
    expect(keys()).toEqual([KEY, `${KEY}|b`]);
  });

  it('rolls everything back when an item cannot be taken back', async () => {
    const { gate, rows } = gated({}, { drop: down });
    const outcome = await gate.run(KEY, async (context) => {
      await count()(context);
      await context.once('a', () => Promise.reject(new Error('not ready'))).catch(() => {});
    });
    expect(outcome).toMatchObject({ status: 'unavailable', cause: { message: 'ECONNREFUSED' } });
    expect(rows()).toEqual({});
  });

  it('is over when the delivery is', async () => {
    const { gate } = gated();
    let late: RunContext<Tx>['once'] | undefined;
    await gate.run(KEY, ({ once }) => {
      late = once;
    });
    const work = vi.fn();
    await expect(late?.('a', work)).rejects.toThrow('once() was called');
    expect(work).not.toHaveBeenCalled();
  });
});

describe('createGate', () => {
  const refusal = (message: RegExp) =>
    expect.objectContaining({
      name: 'TypeError',
      code: 'ERR_WEBHOOK_CONFIG_OPTION',
      message: expect.stringMatching(message),
    });

  it(`refuses onStoreError 'process': there is no transaction to run in`, () => {
    expect(() => gated({ onStoreError: 'process' })).toThrow(refusal(/there is no `tx`/));
    expect(gated({ onStoreError: 'reject' }).gate).toBeDefined();
  });

  it('refuses a store that is half of one', () => {
    const { store } = memoryDatabase();
    const unable = { capabilities: { ...store.capabilities, transactional: false } };
    for (const missing of [{ fail: undefined }, { reject: undefined }, { capabilities: {} }, unable]) {
      const half = { ...store, ...missing } as unknown as typeof store;
      expect(() => createGate({ store: half })).toThrow(refusal(/^store must be/));
    }
  });

  it('forgets a key, in either kind of store', async () => {
    for (const gate of [gated().gate, createGate({ store: memoryStore() })]) {
      await gate.run(KEY, () => {});
      expect((await gate.run(KEY, () => {})).status).toBe('done');
      expect(await gate.forget(KEY)).toBe(true);
      expect(await gate.forget(KEY)).toBe(false);
      expect((await gate.run(KEY, () => {})).status).toBe('ran');
    }
  });

  it('says so when a store cannot forget', async () => {
    const { forget: _, ...store } = memoryStore();
    await expect(createGate({ store }).forget(KEY)).rejects.toThrow('the memory store cannot forget');
  });

  it('keeps no answer of its own accord', async () => {
    const { gate, log } = gated();
    await gate.run(KEY, () => reply({ body: 'hello' }));
    expect(log).not.toContain('keep');
  });
});
