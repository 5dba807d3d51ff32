import { setTimeout as delay } from 'node:timers/promises';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PostgresStore, pgExecutor, postgresStore } from '../src/index.ts';
import { describePostgres } from './support/describe-postgres.ts';
import { latch } from './support/latch.ts';

const LONG = 120_000;
const claiming = { leaseMs: LONG, retentionMs: LONG };

describePostgres('both modes on one table', (url) => {
  let pool: Pool;
  let store: PostgresStore<unknown>;
  let count = 0;
  const nextKey = (): string => `key ${++count}`;

  beforeAll(async () => {
    pool = new Pool({ connectionString: url, max: 10 });
    store = postgresStore(pool);
    await store.migrate();
  });
  afterAll(async () => {
    await pool?.end();
  });

  const take = (key: string) =>
    store.transactional().transaction((session) => session.take(key, { retentionMs: LONG }));

  it('a live lease keeps transactions away, for as long as is left of it', async () => {
    const key = nextKey();
    await store.claim(key, { token: 'a', ...claiming, fingerprint: 'f' });
    const found = await take(key);
    expect(found).toEqual({ status: 'busy', retryAfterMs: expect.any(Number), fingerprint: 'f' });
    const { retryAfterMs } = found as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(LONG / 2);
    expect(retryAfterMs).toBeLessThanOrEqual(LONG);
    await expect(store.transactional().reject(key, { retentionMs: LONG })).rejects.toThrow('another attempt');
    await store.transactional().fail(key, { retentionMs: LONG });
    expect(await store.complete(key, { token: 'a', retentionMs: LONG })).toBe(true);
    expect((await take(key)).status).toBe('done');
  });

  it('a transaction takes over a lease that is over, and its owner is too late', async () => {
    const key = nextKey();
    await store.claim(key, { token: 'a', leaseMs: 30, retentionMs: LONG });
    await delay(60);
    expect(await take(key)).toEqual({ status: 'taken', attempt: 2 });
    expect(await store.complete(key, { token: 'a', retentionMs: LONG })).toBe(false);
    expect(await store.release(key, { token: 'a', retentionMs: LONG })).toBe(false);
    expect(await store.extend(key, { token: 'a', leaseMs: LONG })).toBe(false);
    expect((await store.claim(key, { token: 'b', ...claiming })).status).toBe('done');
  });

  it('a lease that is over and was given up is lost to its owner', async () => {
    const key = nextKey();
    await store.claim(key, { token: 'a', leaseMs: 30, retentionMs: LONG });
    await delay(60);
    expect(await store.transactional().reject(key, { retentionMs: LONG })).toBe(true);
    expect(await store.complete(key, { token: 'a', retentionMs: LONG })).toBe(false);
    expect(await store.claim(key, { token: 'b', ...claiming })).toMatchObject({ outcome: 'rejected' });
  });

  it('a released lease leaves its attempts to transactions, and the other way round', async () => {
    const key = nextKey();
    await store.claim(key, { token: 'a', ...claiming });
    await store.release(key, { token: 'a', retentionMs: LONG });
    expect(await store.transactional().fail(key, { retentionMs: LONG })).toBe(2);
    expect(await store.claim(key, { token: 'b', ...claiming })).toEqual({
      status: 'claimed',
      attempt: 3,
      fence: 3,
      takeover: false,
    });
    await store.release(key, { token: 'b', retentionMs: LONG });
    expect(await take(key)).toEqual({ status: 'taken', attempt: 4 });
  });

  it.each(['new', 'free'])(
    'a claim does not wait for the open transaction that has its %s key',
    async (state) => {
      const key = nextKey();
      if (state === 'free') await store.transactional().fail(key, { retentionMs: LONG });
      const settled = latch();
      await store.transactional().transaction(async (session) => {
        expect((await session.take(key, { retentionMs: LONG })).status).toBe('taken');
        // If it waited, it would wait for us.
        const claims = ['a', 'b'].map((token) => store.claim(key, { token, ...claiming }));
        Promise.all(claims).then(settled.open, settled.open);
        await Promise.race([settled.opened, delay(5000)]);
        for (const claim of await Promise.race([Promise.all(claims), delay(0, [])])) {
          expect(claim).toMatchObject({ status: 'busy', retryAfterMs: 1000 });
        }
        expect(await Promise.race([settled.opened.then(() => 'settled'), delay(0, 'waiting')])).toBe(
          'settled',
        );
      });
      expect((await store.claim(key, { token: 'a', ...claiming })).status).toBe('done');
    },
  );

  it('a key that is freed while a claim looks why it failed is claimed', async () => {
    const key = nextKey();
    await store.claim(key, { token: 'a', ...claiming });
    const inner = pgExecutor(pool);
    let freed = false;
    const between = {
      ...inner,
      async query(...[text, parameters, tx]: Parameters<typeof inner.query>) {
        const rows = await inner.query(text, parameters, tx);
        if (!freed) freed = await store.release(key, { token: 'a', retentionMs: LONG });
        return rows;
      },
    };
    const claim = await postgresStore(between).claim(key, { token: 'b', ...claiming });
    expect(claim).toMatchObject({ status: 'claimed', attempt: 2 });
  });

  it('time goes on in a transaction', async () => {
    const key = nextKey();
    const result = await store.transactional().transaction(async (session) => {
      const { tx, take } = session as { tx: Client; take: typeof session.take };
      await tx.query('select 1');
      await store.claim(key, { token: 'a', leaseMs: 30, retentionMs: LONG });
      await delay(60);
      return take(key, { retentionMs: LONG });
    });
    expect(result).toEqual({ status: 'taken', attempt: 2 });
  });

  it('a retention counts from when it is asked for, in an old transaction too', async () => {
    const key = nextKey();
    await store.transactional().transaction(async ({ take }) => {
      await delay(1100);
      await take(key, { retentionMs: 1000 });
    });
    expect((await take(key)).status).toBe('done');
  });

  it('time goes on while a claim waits', async () => {
    const key = nextKey();
    await store.claim(key, { token: 'a', leaseMs: 300, retentionMs: LONG });
    const locker = new Client(url);
    await locker.connect();
    await locker.query('begin');
    await locker.query('select 1 from countersign_deliveries where key = $1 for update', [key]);
    const waiting = store.claim(key, { token: 'b', leaseMs: 1000, retentionMs: LONG });
    await delay(1200);
    await locker.query('commit');
    await locker.end();
    expect(await waiting).toMatchObject({ status: 'claimed', takeover: true, attempt: 2 });
    // A lease counts from the moment it begins.
    expect((await store.claim(key, { token: 'c', ...claiming })).status).toBe('busy');
  });

  it('what was taken over says so again when its claim comes again', async () => {
    const key = nextKey();
    await store.claim(key, { token: 'a', leaseMs: 30, retentionMs: LONG });
    await delay(60);
    const first = await store.claim(key, { token: 'b', ...claiming });
    expect(first).toMatchObject({ status: 'claimed', takeover: true, attempt: 2 });
    expect(await store.claim(key, { token: 'b', ...claiming })).toEqual(first);
  });

  it('a lease that is extended outlives its retention', async () => {
    const key = nextKey();
    await store.claim(key, { token: 'a', leaseMs: 1000, retentionMs: 1000 });
    expect(await store.extend(key, { token: 'a', leaseMs: LONG })).toBe(true);
    await delay(1200);
    expect((await store.claim(key, { token: 'b', ...claiming })).status).toBe('busy');
    expect(await store.purge()).toBeGreaterThanOrEqual(0);
    expect(await store.complete(key, { token: 'a', retentionMs: LONG })).toBe(true);
  });

  it('what was released can be neither completed nor extended', async () => {
    const key = nextKey();
    await store.claim(key, { token: 'a', ...claiming });
    await store.release(key, { token: 'a', retentionMs: LONG });
    expect(await store.complete(key, { token: 'a', retentionMs: LONG })).toBe(false);
    expect(await store.extend(key, { token: 'a', leaseMs: LONG })).toBe(false);
    expect((await store.claim(key, { token: 'b', ...claiming })).status).toBe('claimed');
  });

  it('what is done cannot be extended, and stays as it was first completed', async () => {
    const key = nextKey();
    const first = { status: 200, body: 'first' };
    await store.claim(key, { token: 'a', ...claiming });
    await store.complete(key, { token: 'a', retentionMs: LONG, response: first });
    expect(await store.extend(key, { token: 'a', leaseMs: LONG })).toBe(false);
    const again = {
      token: 'a',
      retentionMs: 1,
      outcome: 'rejected',
      response: { ...first, body: 'again' },
    } as const;
    expect(await store.complete(key, again)).toBe(true);
    await delay(20);
    const found = await store.claim(key, { token: 'b', ...claiming });
    expect(found).toMatchObject({ status: 'done', outcome: 'ok', response: first });
  });

  it('a claim that was completed keeps no answer of the one before', async () => {
    const key = nextKey();
    await store.claim(key, { token: 'a', ...claiming });
    await store.complete(key, { token: 'a', retentionMs: 30, response: { status: 200, body: 'old' } });
    await delay(60);
    await store.transactional().reject(key, { retentionMs: LONG });
    const found = await store.claim(key, { token: 'b', ...claiming });
    expect(found).toMatchObject({ status: 'done', outcome: 'rejected', response: undefined });
  });

  it('nothing is sent under a signal that was aborted', async () => {
    const key = nextKey();
    const operation = { signal: AbortSignal.abort(new Error('too late')) };
    const retention = { retentionMs: LONG };
    await expect(store.claim(key, { token: 'a', ...claiming }, operation)).rejects.toThrow('too late');
    await expect(store.transactional().fail(key, retention, operation)).rejects.toThrow('too late');
    await expect(store.transactional().reject(key, retention, operation)).rejects.toThrow('too late');
    expect(await take(key)).toEqual({ status: 'taken', attempt: 1 });
  });

  it('a transaction that got its connection too late does not run', async () => {
    const narrow = new Pool({ connectionString: url, max: 1 });
    const busy = await narrow.connect();
    const controller = new AbortController();
    let ran = false;
    const late = postgresStore(narrow)
      .transactional()
      .transaction(
        async () => {
          ran = true;
        },
        { signal: controller.signal },
      );
    controller.abort(new Error('too late'));
    busy.release();
    await expect(late).rejects.toThrow('too late');
    expect(ran).toBe(false);
    expect((await narrow.query('select 1')).rowCount).toBe(1);
    await narrow.end();
  });
});
