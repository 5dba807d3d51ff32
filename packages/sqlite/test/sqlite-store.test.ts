import { createGate, type DedupStore } from '@countersign/core';
import { createClient } from '@libsql/client';
import Libsql from 'libsql';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { ddl, type SqliteDatabase, sqliteStore } from '../src/index.ts';
import { connectLibsql, drivers } from './support/open.ts';
import { scratch } from './support/scratch.ts';

const { path, remove } = scratch();
afterAll(remove);

const HOUR = 3_600_000;
const claim = (store: DedupStore, key: string, token = 'a', leaseMs = HOUR, retentionMs = HOUR) =>
  store.claim(key, { token, leaseMs, retentionMs });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function inMemory() {
  const database = new Libsql(':memory:');
  const store = sqliteStore(database);
  await store.migrate();
  return { database, store };
}

describe('sqliteStore', () => {
  it.each([undefined, null, 'webhooks.db', {}, { get() {}, put() {} }])('refuses %o', (database) => {
    expect(() => sqliteStore(database as unknown as SqliteDatabase)).toThrow(
      expect.objectContaining({ name: 'TypeError', code: 'ERR_WEBHOOK_CONFIG_OPTION' }),
    );
  });

  it('says what a file is good for, and what memory is', async () => {
    const file = connectLibsql(path());
    expect(sqliteStore(file).capabilities).toEqual({
      atomic: true,
      shared: true,
      durable: 'async',
      clock: 'server',
    });
    file.close();
    const { store } = await inMemory();
    expect(store.capabilities).toEqual({ atomic: true, shared: false, durable: 'none', clock: 'server' });
  });

  it('is let in by a gate once', async () => {
    const { store } = await inMemory();
    const gate = createGate({ store });
    const work = vi.fn(() => 'done');
    expect(await gate.run('k', work)).toEqual({ status: 'ran', value: 'done' });
    expect(await gate.run('k', work)).toMatchObject({ status: 'done' });
    expect(work).toHaveBeenCalledTimes(1);
  });
});

describe('the table', () => {
  it.each(Object.entries(drivers))('can be made twice by %s', async (_name, open) => {
    const { store, close } = await open(path());
    await claim(store, 'k');
    await store.migrate();
    expect(await claim(store, 'k', 'b')).toMatchObject({ status: 'busy' });
    await close();
  });

  it('can be made from the script', async () => {
    const database = new Libsql(':memory:');
    database.exec(ddl);
    expect(await claim(sqliteStore(database), 'k')).toMatchObject({ status: 'claimed' });
    const indexes = database.prepare("SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql > ''").all();
    expect(indexes).toEqual([expect.objectContaining({ sql: expect.stringContaining('(expires_at)') })]);
  });

  it('is not made by a delivery', async () => {
    const store = sqliteStore(new Libsql(':memory:'));
    await expect(claim(store, 'k')).rejects.toThrow('no such table');
  });
});

describe('a locked database', () => {
  it.each([
    ['libsql', (file: string) => connectLibsql(file, 50)],
    ['@libsql/client', (file: string) => createClient({ url: `file:${file}`, timeout: 50 })],
  ])('has %s reject, and a gate turn deliveries away', async (_name, connect) => {
    const file = path();
    const other = connectLibsql(file);
    await sqliteStore(other).migrate();
    const database = connect(file);
    const store = sqliteStore(database);
    other.exec('BEGIN IMMEDIATE');
    await expect(claim(store, 'k')).rejects.toMatchObject({ code: expect.stringContaining('SQLITE_BUSY') });
    const work = vi.fn();
    const gate = createGate({ store });
    expect(await gate.run('k', work)).toMatchObject({ status: 'unavailable' });
    expect(work).not.toHaveBeenCalled();
    other.exec('ROLLBACK');
    expect(await gate.run('k', work)).toMatchObject({ status: 'ran' });
    database.close();
    other.close();
  });
});

describe("a transaction of the application's", () => {
  it('is noticed on its own connection, and nothing is written into it', async () => {
    const { database, store } = await inMemory();
    database.exec('BEGIN');
    await expect(claim(store, 'k')).rejects.toThrow('give the store its own');
    await expect(store.complete('k', { token: 'a', retentionMs: HOUR })).rejects.toThrow();
    database.exec('COMMIT');
    expect(await claim(store, 'k', 'b')).toMatchObject({ status: 'claimed', attempt: 1 });
  });
});

describe('integers', () => {
  it('are numbers when libsql reads bigints', async () => {
    const { database, store } = await inMemory();
    database.defaultSafeIntegers(true);
    expect(await claim(store, 'k')).toEqual({ status: 'claimed', fence: 1, attempt: 1, takeover: false });
    expect(await claim(store, 'k', 'b')).toMatchObject({ retryAfterMs: expect.any(Number) });
  });

  it.each(['bigint', 'string', 'number'] as const)(
    'are numbers when @libsql/client reads %s',
    async (intMode) => {
      const client = createClient({ url: `file:${path()}`, intMode });
      const store = sqliteStore(client);
      await store.migrate();
      expect(await claim(store, 'k')).toEqual({ status: 'claimed', fence: 1, attempt: 1, takeover: false });
      expect(await claim(store, 'k', 'b')).toMatchObject({ retryAfterMs: expect.any(Number) });
      client.close();
    },
  );

  it.each([0.5, 1000.5, 2 ** 53])('a duration of %d ms is taken', async (ms) => {
    const { store } = await inMemory();
    expect(await claim(store, 'k', 'a', ms, ms)).toMatchObject({ status: 'claimed' });
    expect(await claim(store, 'l')).toMatchObject({ status: 'claimed' });
    expect(await store.extend('l', { token: 'a', leaseMs: ms })).toBe(true);
    expect(await store.release('l', { token: 'a', retentionMs: ms })).toBe(true);
  });
});

describe('what has expired and is not purged', () => {
  it('can be neither completed nor released nor extended, even by its owner', async () => {
    const { store } = await inMemory();
    for (const key of ['complete', 'release', 'extend']) await claim(store, key, 'a', 10, 10);
    await pause(40);
    expect(await store.complete('complete', { token: 'a', retentionMs: HOUR })).toBe(false);
    expect(await store.release('release', { token: 'a', retentionMs: HOUR })).toBe(false);
    expect(await store.extend('extend', { token: 'a', leaseMs: HOUR })).toBe(false);
  });

  it.each(['done', 'pending', 'free'])('is as good as absent: %s', async (state) => {
    const { store } = await inMemory();
    await claim(store, 'k', 'a', 10, 10);
    if (state === 'done') await store.complete('k', { token: 'a', retentionMs: 10 });
    if (state === 'free') await store.release('k', { token: 'a', retentionMs: 10 });
    await pause(40);
    expect(await claim(store, 'k', 'b')).toEqual({
      status: 'claimed',
      fence: 1,
      attempt: 1,
      takeover: false,
    });
  });

  it('leaves no answer behind', async () => {
    const { store } = await inMemory();
    await store.claim('k', { token: 'a', leaseMs: 10, retentionMs: 10, fingerprint: 'old' });
    await store.complete('k', { token: 'a', retentionMs: 10, response: { status: 200, body: 'old' } });
    await pause(40);
    await claim(store, 'k', 'b');
    await store.complete('k', { token: 'b', retentionMs: HOUR });
    const again = await claim(store, 'k', 'c');
    expect(again).toEqual({ status: 'done', outcome: 'ok', fingerprint: undefined, response: undefined });
  });
});

it('keeps the first of two completions', async () => {
  const { store } = await inMemory();
  await claim(store, 'k');
  expect(await store.complete('k', { token: 'a', retentionMs: HOUR, outcome: 'rejected' })).toBe(true);
  const response = { status: 200, body: 'late' };
  expect(await store.complete('k', { token: 'a', retentionMs: 1, response })).toBe(true);
  await pause(20);
  const again = await claim(store, 'k', 'b');
  expect(again).toEqual({ status: 'done', outcome: 'rejected', fingerprint: undefined, response: undefined });
});

it('keeps a released key for the retention of the first release', async () => {
  const { store } = await inMemory();
  await claim(store, 'k');
  expect(await store.release('k', { token: 'a', retentionMs: HOUR })).toBe(true);
  expect(await store.release('k', { token: 'a', retentionMs: 1 })).toBe(true);
  await pause(20);
  expect(await claim(store, 'k', 'b')).toMatchObject({ attempt: 2 });
});

describe('a duplicate', () => {
  it('does not prolong the lease that it finds', async () => {
    const { store } = await inMemory();
    await claim(store, 'k', 'a', 5000);
    expect(await claim(store, 'k', 'b', HOUR)).toMatchObject({ status: 'busy' });
    const { retryAfterMs } = (await claim(store, 'k', 'c', HOUR)) as { retryAfterMs: number };
    expect(retryAfterMs).toBeLessThanOrEqual(5000);
  });

  it('does not change for how long what it finds is remembered', async () => {
    const { store } = await inMemory();
    await claim(store, 'k');
    await store.complete('k', { token: 'a', retentionMs: HOUR });
    expect(await claim(store, 'k', 'b', 1, 1)).toMatchObject({ status: 'done' });
    await pause(20);
    expect(await claim(store, 'k', 'c')).toMatchObject({ status: 'done' });
  });
});

it('completes nothing that was released', async () => {
  const { store } = await inMemory();
  await claim(store, 'k');
  await store.release('k', { token: 'a', retentionMs: HOUR });
  expect(await store.complete('k', { token: 'a', retentionMs: HOUR })).toBe(false);
});

it('extends no record that is settled', async () => {
  const { store } = await inMemory();
  await claim(store, 'done');
  await store.complete('done', { token: 'a', retentionMs: HOUR });
  expect(await store.extend('done', { token: 'a', leaseMs: HOUR })).toBe(false);
  await claim(store, 'free');
  await store.release('free', { token: 'a', retentionMs: HOUR });
  expect(await store.extend('free', { token: 'a', leaseMs: HOUR })).toBe(false);
});

it('keeps an extended lease, however short the retention', async () => {
  const { store } = await inMemory();
  await claim(store, 'k', 'a', 20, 1);
  expect(await store.extend('k', { token: 'a', leaseMs: HOUR })).toBe(true);
  await pause(60);
  expect(await claim(store, 'k', 'b')).toMatchObject({ status: 'busy' });
});

it('purges a thousand at a time, the live ones never', async () => {
  const { database, store } = await inMemory();
  await claim(store, 'live');
  database.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1005)
    INSERT INTO countersign_deliveries
    SELECT 'k' || i, 'ok', 't', 1, 0, 0, 1, NULL, NULL FROM n`);
  expect(await store.purge({ limit: 4 })).toBe(4);
  expect(await store.purge()).toBe(1000);
  expect(await store.purge()).toBe(1);
  expect(await store.purge()).toBe(0);
  expect(await claim(store, 'live', 'b')).toMatchObject({ status: 'busy' });
});
