import { createHmac } from 'node:crypto';
import { storeSuite } from '@countersign/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shardOf } from '../src/shard-of.ts';
import { isInstalled, startWorkerd, type Workerd } from './support/workerd.ts';

const HOUR = 3_600_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

// Where the whole run is judged, nothing may be missing.
if (process.env.CI === 'true') {
  it('workerd is installed: npm run workerd:install', () => expect(isInstalled).toBe(true));
}

describe.skipIf(!isInstalled)('in workerd (needs npm run workerd:install)', () => {
  let workerd: Workerd;

  beforeAll(async () => {
    workerd = await startWorkerd();
    await workerd.d1.migrate();
    await workerd.sql('CREATE TABLE effects (key TEXT NOT NULL)');
    await workerd.sql('CREATE TABLE once_only (key TEXT NOT NULL PRIMARY KEY)');
  }, 60_000);

  afterAll(() => workerd?.stop());

  const effectsOf = async (key: string): Promise<number> =>
    Number((await workerd.sql('SELECT count(*) AS n FROM effects WHERE key = ?', key))[0]?.n);

  describe('D1', () => {
    const capabilities = { atomic: true, shared: true, durable: 'sync', clock: 'server' } as const;
    const open = async () => ({ store: { ...workerd.d1, capabilities } });
    for (const { name, run } of storeSuite({ name: 'd1', open })) it(name, run, 30_000);

    it('can be migrated again', async () => {
      await workerd.d1.claim('migrated', { token: 'a', leaseMs: HOUR, retentionMs: HOUR });
      await workerd.d1.migrate();
      const again = await workerd.d1.claim('migrated', { token: 'b', leaseMs: HOUR, retentionMs: HOUR });
      expect(again.status).toBe('busy');
    });
  });

  describe('Durable Objects', () => {
    const open = async () => ({ store: workerd.durableObject });
    for (const { name, run } of storeSuite({ name: 'durable-object', open })) it(name, run, 30_000);

    it('spreads keys over its objects, always the same way', async () => {
      const counts = async () =>
        Promise.all(
          Array.from({ length: 16 }, async (_, index) => (await workerd.shard(index, 'look')).count),
        );
      const before = await counts();
      const keys = Array.from({ length: 64 }, (_, index) => `v1|acme|acme||evt_${index}`);
      for (const key of keys)
        await workerd.durableObject.claim(key, { token: key, leaseMs: HOUR, retentionMs: HOUR });
      const expected = [...before];
      for (const key of keys) expected[shardOf(key, 16)] = (expected[shardOf(key, 16)] ?? 0) + 1;
      expect(await counts()).toEqual(expected);
      expect(new Set(keys.map((key) => shardOf(key, 16))).size).toBeGreaterThan(8);
    });

    it('removes what has expired when its alarm rings, and sets none for nothing', async () => {
      const key = 'to be purged';
      const shard = shardOf(key, 16);
      const look = () => workerd.shard(shard, 'look');
      const claim = (token: string) =>
        workerd.durableObject.claim(key, { token, leaseMs: HOUR, retentionMs: 24 * HOUR });

      /** The alarm comes on its own time. */
      async function ring(count: number) {
        await workerd.shard(shard, 'ring');
        for (let tries = 0; tries < 100 && (await look()).count !== count; tries++) await pause(50);
        await pause(50);
        return look();
      }

      await claim('a');
      const { alarm: first } = await look();
      expect(first).toBeGreaterThan(Date.now());
      await workerd.shard(shard, 'expire');
      await claim('b');
      const { count, alarm: second } = await ring(1);
      expect(count).toBe(1);
      expect(second).toBeGreaterThan(Date.now() + 23 * HOUR);
      expect(await claim('c')).toMatchObject({ status: 'busy' });
      await workerd.shard(shard, 'expire');
      expect(await ring(0)).toEqual({ count: 0, alarm: null });
      await claim('d');
      expect((await look()).alarm).toBeGreaterThan(Date.now() + 23 * HOUR);
    });

    it('does not let alarms follow each other closely', async () => {
      const key = 'short-lived';
      const shard = shardOf(key, 16);
      await workerd.shard(shard, 'expire');
      await workerd.durableObject.claim(key, { token: 'a', leaseMs: 1, retentionMs: 1 });
      expect((await workerd.shard(shard, 'look')).alarm).toBeGreaterThan(Date.now() + HOUR / 2);
    });
  });

  type Target = Parameters<Workerd['deliver']>[0];

  function deliver(target: Target, id: string, type = 'ping', tampered = ''): Promise<Response> {
    const body = JSON.stringify({ type });
    const signature = createHmac('sha256', 'acme-secret-A7pQ').update(`${id}.${body}`).digest('hex');
    const headers = { 'x-acme-id': id, 'x-acme-signature': signature };
    return workerd.deliver(target, { headers, body: body + tampered });
  }

  describe.each(['d1', 'durable-object'] as const)('a receiver with %s', (store) => {
    it('runs a delivery once', async () => {
      const id = `${store}-once`;
      const responses = await Promise.all(Array.from({ length: 8 }, () => deliver(store, id)));
      for (const { status } of responses) expect([200, 503]).toContain(status);
      const again = await deliver(store, id);
      expect(again.status).toBe(200);
      expect(again.headers.get('webhook-dedup')).toBe('duplicate');
      expect(await effectsOf(id)).toBe(1);
    });

    it('runs a delivery again when its handler failed, and a forged one never', async () => {
      const id = `${store}-fails`;
      expect((await deliver(store, id, 'fails')).status).toBe(500);
      expect((await deliver(store, id, 'ping')).status).toBe(200);
      expect(await effectsOf(id)).toBe(2);
      expect((await deliver(store, `${store}-forged`, 'ping', ' ')).status).toBe(401);
      expect(await effectsOf(`${store}-forged`)).toBe(0);
    });
  });

  describe('a receiver with D1 transactions', () => {
    const effects = async (id: string) =>
      (await workerd.sql('SELECT key FROM effects WHERE key LIKE ? ORDER BY key', `${id}-%`)).map(
        ({ key }) => key,
      );

    it('has the effects of a delivery once, of each of its items too', async () => {
      const responses = await Promise.all(Array.from({ length: 8 }, () => deliver('transaction', 'r-once')));
      for (const { status } of responses) expect([200, 503]).toContain(status);
      const again = await deliver('transaction', 'r-once');
      expect([again.status, again.headers.get('webhook-dedup')]).toEqual([200, 'duplicate']);
      expect(await effects('r-once')).toEqual(['r-once-a', 'r-once-attempt-1', 'r-once-b']);
    });

    it('has no effect of a handler that failed, and counts its attempt', async () => {
      expect((await deliver('transaction', 'r-fails', 'fails')).status).toBe(500);
      expect(await effects('r-fails')).toEqual([]);
      expect((await deliver('transaction', 'r-fails')).status).toBe(200);
      expect(await effects('r-fails')).toEqual(['r-fails-a', 'r-fails-attempt-2', 'r-fails-b']);
    });

    it('has no effect when one of them fails, and the sender comes again', async () => {
      expect((await deliver('transaction', 'r-breaks', 'breaks')).status).toBe(503);
      expect(await effects('r-breaks')).toEqual([]);
      expect((await deliver('transaction', 'r-breaks')).status).toBe(200);
      expect(await effects('r-breaks')).toHaveLength(3);
    });
  });

  describe('D1 transactions', () => {
    const INSERT = 'INSERT INTO effects (key) VALUES (?)';
    const retention = { retentionMs: HOUR };
    const transaction: Workerd['transactional']['transaction'] = (request) =>
      workerd.transactional.transaction(request);

    it('commits record and effects together, once', async () => {
      const request = { key: 't-once', fingerprint: 'f', effects: [[INSERT, 't-once']] } as const;
      expect(await transaction(request)).toEqual({ status: 'taken', attempt: 1 });
      expect(await transaction(request)).toEqual({ status: 'done', outcome: 'ok', fingerprint: 'f' });
      expect(await effectsOf('t-once')).toBe(1);
    });

    it('keeps an answer for duplicates', async () => {
      const keep = { status: 201, body: 'é' };
      await transaction({ key: 't-keep', keep });
      expect(await transaction({ key: 't-keep' })).toMatchObject({ status: 'done', response: keep });
    });

    it('rolls everything back when the handler rejects', async () => {
      const request = { key: 't-rejects', effects: [[INSERT, 't-rejects']], fails: true } as const;
      await expect(transaction(request)).rejects.toThrow('the handler failed');
      expect(await effectsOf('t-rejects')).toBe(0);
      expect(await transaction({ key: 't-rejects' })).toEqual({ status: 'taken', attempt: 1 });
    });

    it.each([0, 1, 2])('rolls everything back when statement %i of 3 fails', async (position) => {
      const key = `t-statement-${position}`;
      await workerd.sql('INSERT OR IGNORE INTO once_only (key) VALUES (?)', 'there');
      const effects: [string, string][] = [0, 1].map(() => [INSERT, key]);
      effects.splice(position, 0, ['INSERT INTO once_only (key) VALUES (?)', 'there']);
      await expect(transaction({ key, effects })).rejects.toThrow('UNIQUE constraint failed: once_only.key');
      expect(await effectsOf(key)).toBe(0);
      expect(await transaction({ key, effects: [[INSERT, key]] })).toEqual({ status: 'taken', attempt: 1 });
      expect(await effectsOf(key)).toBe(1);
    });

    it('rejects the slower of two attempts, whole, so that the sender comes again', async () => {
      const key = 't-overtaken';
      const overtake = { key, effects: [[INSERT, key]] } as const;
      const slower = transaction({ key, effects: [[INSERT, key]], overtake });
      await expect(slower).rejects.toMatchObject({ name: 'WebhookError', code: 'ERR_WEBHOOK_LEASE_LOST' });
      expect(await effectsOf(key)).toBe(1);
      expect(await transaction({ key })).toMatchObject({ status: 'done' });
    });

    it('commits nothing when its caller no longer waits', async () => {
      const request = { key: 't-aborted', effects: [[INSERT, 't-aborted']], aborted: true } as const;
      await expect(transaction(request)).rejects.toThrow('nobody waits');
      expect(await effectsOf('t-aborted')).toBe(0);
    });

    it('takes several keys, and records those that were not dropped', async () => {
      await transaction({ key: 't-first', also: ['t-second', 't-third'], drop: ['t-third'] });
      expect(await transaction({ key: 't-first' })).toMatchObject({ status: 'done' });
      expect(await transaction({ key: 't-second' })).toMatchObject({ status: 'done' });
      expect(await transaction({ key: 't-third' })).toMatchObject({ status: 'taken' });
    });

    it('finds a key done that the same transaction has taken', async () => {
      const key = 't-twice';
      const effects = [[INSERT, key]] as const;
      expect(await transaction({ key, also: [key], effects })).toMatchObject({ status: 'done' });
      expect(await effectsOf(key)).toBe(0);
      expect(await transaction({ key })).toMatchObject({ status: 'done', outcome: 'ok' });
    });

    it('counts failed attempts, which a commit ends', async () => {
      const key = 't-failures';
      expect(await workerd.transactional.fail(key, retention)).toBe(1);
      expect(await workerd.transactional.fail(key, retention)).toBe(2);
      expect(await transaction({ key })).toEqual({ status: 'taken', attempt: 3 });
      expect(await workerd.transactional.fail(key, retention)).toBe(3);
      expect(await transaction({ key })).toMatchObject({ status: 'done', outcome: 'ok' });
    });

    it('records what is given up, unless it is done', async () => {
      expect(await workerd.transactional.reject('t-given-up', retention)).toBe(true);
      expect(await workerd.transactional.reject('t-given-up', retention)).toBe(true);
      expect(await transaction({ key: 't-given-up' })).toEqual({ status: 'done', outcome: 'rejected' });
      await transaction({ key: 't-done' });
      expect(await workerd.transactional.reject('t-done', retention)).toBe(false);
      expect(await transaction({ key: 't-done' })).toMatchObject({ outcome: 'ok' });
    });

    it('respects what the lease store holds, and takes over what it let go', async () => {
      const lease = { token: 'a', leaseMs: HOUR, retentionMs: HOUR };
      await workerd.d1.claim('t-leased', { ...lease, fingerprint: 'f' });
      const busy = await transaction({ key: 't-leased' });
      expect(busy).toEqual({ status: 'busy', retryAfterMs: expect.any(Number), fingerprint: 'f' });
      expect(await workerd.transactional.reject('t-leased', retention)).toBe(false);
      await workerd.d1.release('t-leased', lease);
      expect(await transaction({ key: 't-leased' })).toEqual({ status: 'taken', attempt: 2 });
      expect(await workerd.d1.complete('t-leased', lease)).toBe(false);
      expect(await workerd.d1.claim('t-leased', lease)).toMatchObject({ status: 'done' });
    });

    it.each(['done', 'failed', 'given up'])('takes what has expired as absent: %s', async (state) => {
      const key = `t-expired-${state}`;
      if (state === 'done') await transaction({ key });
      if (state === 'failed') await workerd.transactional.fail(key, retention);
      if (state === 'given up') await workerd.transactional.reject(key, retention);
      await workerd.sql('UPDATE countersign_deliveries SET expires_at = 1 WHERE key = ?', key);
      expect(await transaction({ key, effects: [[INSERT, key]] })).toEqual({ status: 'taken', attempt: 1 });
      expect(await transaction({ key })).toMatchObject({ status: 'done', outcome: 'ok' });
      await workerd.sql('UPDATE countersign_deliveries SET expires_at = 1 WHERE key = ?', key);
      expect(await workerd.transactional.fail(key, retention)).toBe(1);
    });

    it('forgets', async () => {
      await transaction({ key: 't-forget' });
      expect(await workerd.transactional.forget('t-forget')).toBe(true);
      expect(await transaction({ key: 't-forget' })).toMatchObject({ status: 'taken' });
    });

    it('purges', async () => {
      await transaction({ key: 't-purge' });
      await workerd.sql('UPDATE countersign_deliveries SET expires_at = 1 WHERE key = ?', 't-purge');
      expect(await workerd.transactional.purge()).toBeGreaterThan(0);
      const rows = await workerd.sql('SELECT key FROM countersign_deliveries WHERE key = ?', 't-purge');
      expect(rows).toEqual([]);
    });

    it('has 100 effects after 1,000 deliveries of 100 events at once', async () => {
      const outcomes = { taken: 0, done: 0, conflict: 0 };

      /** As a sender does: again, until it is told that all is well. */
      async function deliver(key: string): Promise<void> {
        for (let tries = 0; tries < 50; tries++) {
          try {
            const { status } = await transaction({ key, effects: [[INSERT, key]], pauseMs: 50 });
            outcomes[status as 'taken' | 'done']++;
            return;
          } catch (error) {
            expect(error).toMatchObject({ code: 'ERR_WEBHOOK_LEASE_LOST' });
            outcomes.conflict++;
          }
        }
        expect.fail(`${key} was sent in vain`);
      }

      const keys = Array.from({ length: 100 }, (_, index) => `t-load-${index}`);
      await Promise.all(
        Array.from({ length: 1000 }, (_, index) => deliver(keys[Math.floor(index / 10)] as string)),
      );
      expect(outcomes).toMatchObject({ taken: 100, done: 900 });
      expect(outcomes.conflict).toBeGreaterThan(0);
      const effects = await workerd.sql(
        "SELECT count(*) AS n, count(DISTINCT key) AS keys FROM effects WHERE key LIKE 't-load-%'",
      );
      expect(effects).toEqual([{ n: 100, keys: 100 }]);
    }, 120_000);
  });
});
