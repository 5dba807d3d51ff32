import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeeper } from '../src/gate.ts';
import {
  createGate,
  type DedupStore,
  memoryStore,
  PermanentError,
  type TransactionalStore,
  type TransactionSession,
} from '../src/index.ts';
import { memoryDatabase, type Tx } from './support/memory-database.ts';

const KEY = 'v1|acme|orders||evt_1';

/** A store may be the application's own, and answer what its type says that it cannot. */
const answering = (value: unknown) => (async () => value) as () => Promise<never>;
const never = (): Promise<never> => new Promise(() => {});
const boom = (): never => {
  throw new Error('no');
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const nonsense: unknown[] = [undefined, null, 5, '', 'text', {}, [], { status: 'ran' }, { status: 'weird' }];

describe('a lease store that answers nonsense', () => {
  const gated = (faults: Partial<DedupStore>) => {
    const store = memoryStore();
    const onTrouble = vi.fn();
    return { store, onTrouble, gate: createGate({ store: { ...store, ...faults }, onTrouble }) };
  };

  it.each([
    ...nonsense,
    { status: 'claimed' },
    { status: 'claimed', attempt: '1', fence: 1, takeover: false },
    { status: 'taken', attempt: 1 },
    { status: 'busy', retryAfterMs: Number.NaN },
    { status: 'failed', cause: new Error('no') },
  ])('to claim lets nobody through: %o', async (answer) => {
    const work = vi.fn();
    const { gate } = gated({ claim: answering(answer) });
    expect(await gate.run(KEY, work)).toMatchObject({ status: 'unavailable' });
    expect(work).not.toHaveBeenCalled();
  });

  it.each([undefined, null, 0, 1, 'no', {}])('to complete is asked again: %o', async (answer) => {
    const complete = vi.fn<DedupStore['complete']>(answering(answer));
    const { gate, store, onTrouble } = gated({ complete });
    complete.mockImplementation((...completion) =>
      complete.mock.calls.length > 1 ? store.complete(...completion) : answering(answer)(),
    );
    expect(await gate.run(KEY, () => 'done')).toEqual({ status: 'ran', value: 'done' });
    expect(onTrouble).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(200);
    expect(await gate.run(KEY, () => 'again')).toMatchObject({ status: 'done' });
  });

  it.each([undefined, null, 0, 1, 'no', {}])('to extend does not end a run: %o', async (answer) => {
    const { gate, onTrouble } = gated({ extend: answering(answer) });
    const run = gate.run(KEY, () => new Promise((resolve) => setTimeout(resolve, 15_000)));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await run).toMatchObject({ status: 'ran' });
    expect(onTrouble).toHaveBeenCalledOnce();
  });

  it('too late, having claimed: nobody waits for that lease', async () => {
    const store = memoryStore();
    const late: DedupStore['claim'] = async (...request) => {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      return store.claim(...request);
    };
    const claim = vi.fn(store.claim).mockImplementationOnce(late);
    const gate = createGate({ store: { ...store, claim } });
    const first = gate.run(KEY, () => {});
    await vi.advanceTimersByTimeAsync(1000);
    expect(await first).toMatchObject({ status: 'unavailable' });
    await vi.advanceTimersByTimeAsync(2000);
    expect(await gate.run(KEY, ({ takeover }) => takeover)).toEqual({ status: 'ran', value: false });
  });
});

it.each<[string, () => unknown]>([
  ['throws', boom],
  ['rejects', () => Promise.reject(new Error('no'))],
])('an onTrouble that %s changes nothing', async (_, onTrouble) => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  const store = { ...memoryStore(), release: boom, extend: boom };
  const gate = createGate({ store, onTrouble: onTrouble as () => void, lease: 300 });
  const run = gate.run(KEY, async () => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    throw new Error('the work');
  });
  await vi.advanceTimersByTimeAsync(150);
  expect(await run).toMatchObject({ status: 'failed', cause: new Error('the work') });
  vi.useRealTimers();
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
  vi.useFakeTimers();
});

it('work does not begin under a claim that was lost on the way to it', async () => {
  const store = memoryStore();
  const work = vi.fn();
  await store.claim('second', { token: 'other', leaseMs: 400, retentionMs: 1000 });
  const keeper = createKeeper({ store, maxRun: 100, inFlight: { waitMs: 1000 } });
  const run = keeper.pass(
    async (take) => {
      await take('first');
      return take('second');
    },
    work,
    {},
  );
  await vi.advanceTimersByTimeAsync(1000);
  expect(await run).toMatchObject({ status: 'lost' });
  expect(work).not.toHaveBeenCalled();
});

describe('a transactional store that answers nonsense', () => {
  const gated = (change: (store: TransactionalStore<Tx>) => Partial<TransactionalStore<Tx>>) => {
    const { store, rows } = memoryDatabase();
    return { rows, gate: createGate({ store: { ...store, ...change(store) }, deadline: 50 }) };
  };
  const inSession = (change: Partial<TransactionSession<Tx>>) =>
    gated((store) => ({
      transaction: (work, operation) =>
        store.transaction((session) => work({ ...session, ...change }), operation),
    }));
  const effect = ({ tx }: { tx: Tx }) => tx.set('n', 1);

  it.each(nonsense)('to a transaction has not run the work: %o', async (answer) => {
    const { gate, rows } = gated(() => ({ transaction: answering(answer) }));
    expect(await gate.run(KEY, effect)).toMatchObject({ status: 'unavailable' });
    expect(rows()).toEqual({});
  });

  it('behind a transaction that was committed makes nothing of it undone', async () => {
    const { gate, rows } = gated((store) => ({
      async transaction(...work) {
        await store.transaction(...work);
        return undefined as never;
      },
    }));
    expect(await gate.run(KEY, effect)).toMatchObject({ status: 'ran' });
    expect(rows()).toEqual({ n: 1 });
    expect(await gate.run(KEY, effect)).toMatchObject({ status: 'done' });
  });

  it('in place of what its work threw does not make a success of it', async () => {
    const { gate, rows } = gated((store) => ({
      transaction: (...work) => store.transaction(...work).catch(() => undefined as never),
    }));
    expect(await gate.run(KEY, boom)).toMatchObject({ status: 'failed', cause: new Error('no') });
    expect(rows()).toEqual({});
  });

  it('before its work is over has committed nothing', async () => {
    const { gate } = gated((store) => ({
      async transaction(...work) {
        void store.transaction(...work);
        return undefined as never;
      },
    }));
    const run = gate.run(KEY, () => new Promise((resolve) => setTimeout(resolve, 10)));
    await vi.advanceTimersByTimeAsync(10);
    expect(await run).toMatchObject({ status: 'unavailable' });
  });

  it.each([...nonsense, { status: 'taken' }, { status: 'claimed', attempt: 1, fence: 1 }])(
    'to take lets nobody through: %o',
    async (answer) => {
      const work = vi.fn();
      expect(await inSession({ take: answering(answer) }).gate.run(KEY, work)).toMatchObject({
        status: 'unavailable',
      });
      expect(work).not.toHaveBeenCalled();
    },
  );

  it('to the taking of an item does not run it', async () => {
    const { store } = memoryDatabase();
    const work = vi.fn();
    const transaction: typeof store.transaction = (inside, operation) =>
      store.transaction((session) => {
        const take = vi.fn(session.take).mockImplementation(answering({}));
        return inside({ ...session, take: take.mockImplementationOnce(session.take) });
      }, operation);
    const gate = createGate({ store: { ...store, transaction } });
    expect(await gate.run(KEY, ({ once }) => once('a', work))).toMatchObject({ status: 'failed' });
    expect(work).not.toHaveBeenCalled();
  });

  it.each([undefined, null, 0, 1, 'yes'])('to reject does not give the key up: %o', async (answer) => {
    const { gate } = gated(() => ({ reject: answering(answer) }));
    const giveUp = () => {
      throw new PermanentError('no such order');
    };
    expect(await gate.run(KEY, giveUp)).toMatchObject({ status: 'unavailable' });
  });

  it('never, when an item is taken back, fails the work in time', async () => {
    const { gate } = inSession({ drop: never });
    const run = gate.run(KEY, ({ once }) => once('a', boom));
    await vi.advanceTimersByTimeAsync(50);
    expect(await run).toMatchObject({ status: 'failed' });
  });

  it.each<[string, Partial<TransactionSession<Tx>>]>([
    ['kept', { keep: never }],
    ['taken back', { drop: never }],
  ])('never, when an answer is %s, ends all the same', async (_, change) => {
    const { store } = memoryDatabase();
    const keeper = createKeeper({
      deadline: 50,
      store: {
        ...store,
        transaction: (work, operation) =>
          store.transaction((session) => work({ ...session, ...change }), operation),
      },
    });
    const isKept = 'keep' in change;
    const run = keeper.pass(
      async (take) => {
        await take(KEY);
        return isKept ? { status: 'claimed' } : { status: 'mismatch' };
      },
      () => {},
      { stored: () => ({ status: 200, body: 'a' }) },
    );
    await vi.advanceTimersByTimeAsync(50);
    expect(await run).toMatchObject({ status: 'unavailable' });
  });
});

describe('the memory store', () => {
  const claim = { token: 't', leaseMs: 1000, retentionMs: 1000 };

  it.each([Number.NaN, undefined, null, '5', true, {}, 5n])(
    'claims nothing by a clock that says %o',
    async (now) => {
      const store = memoryStore({ now: () => now as number });
      await expect(store.claim(KEY, claim)).rejects.toThrow('gave no time');
    },
  );

  it.each<[string, () => unknown]>([
    ['throws', boom],
    ['rejects', () => Promise.reject(new Error('no'))],
  ])('makes room though its onEvict %s', async (_, onEvict) => {
    const store = memoryStore({ maxEntries: 1, onEvict: onEvict as () => void });
    await store.claim('a', claim);
    await store.complete('a', claim);
    expect(await store.claim('b', claim)).toMatchObject({ status: 'claimed' });
  });
});
