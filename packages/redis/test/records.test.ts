import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import type { ClaimResult, DedupStore, StoredResponse } from '@countersign/core';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisStore } from '../src/index.ts';
import { clients, type OpenClient, unusualClients } from './support/clients.ts';
import { describeRedis } from './support/describe-redis.ts';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
const times = { leaseMs: 30_000, retentionMs: HOUR };

/** Text that a wire format, a pattern, a line-wise record or a JSON parser might trip over. */
const HOSTILE: readonly string[] = [
  ...['', ' ', '\n', '\r\n', 'a\nb', '\n\n\n', '\0', 'a\0b', '\t', '"', '\\', '\\n', "'", '%s', '%d*(.-)$'],
  ...[
    '{a}',
    '{}',
    '}{',
    '{a}b{c}',
    '[1]',
    'null',
    'true',
    '0',
    '1',
    '1e3',
    '-1',
    'OK',
    'yes',
    'ok\n',
    'T0s=',
  ],
  ...[
    '\u00e9',
    'e\u0301',
    '\u{1f600}',
    '\u2028',
    '\ufeff',
    '\uffff',
    'x'.repeat(1024),
    '\u{1f600} {}\n'.repeat(100),
  ],
];

const BODIES: readonly string[] = [
  ...HOSTILE,
  ...['a', '\0', '"', '\n', '\\', '\u{1f600}'].map((text) => text.repeat(4096 / Buffer.byteLength(text))),
  String.fromCharCode(...Array.from({ length: 256 }, (_, code) => code)),
];

await describeRedis('records on Redis, through', (url) => {
  const inspector = new Redis(url);
  const written: string[] = [];
  afterAll(async () => {
    await Promise.all(written.map((key) => inspector.del(key)));
    inspector.disconnect();
  });

  describe.each(clients)('$name', ({ open }) => {
    const prefix = `countersign-records-${randomUUID()}:`;
    let opened: OpenClient;
    let store: DedupStore;
    beforeAll(async () => {
      opened = await open(url);
      store = redisStore(opened.client, { prefix });
    });
    afterAll(() => opened?.close());

    const fresh = (name = ''): string => {
      const key = `${randomUUID()}${name}`;
      written.push(prefix + key);
      return key;
    };
    const claim = (key: string, token: string, more: object = {}): Promise<ClaimResult> =>
      store.claim(key, { token, ...times, ...more });

    it('keeps every key under its prefix, byte for byte', async () => {
      const keys = HOSTILE.map((text) => fresh(text));
      for (const key of keys)
        expect(await claim(key, 'first')).toMatchObject({ status: 'claimed', attempt: 1 });
      for (const key of keys) expect(await inspector.exists(prefix + key)).toBe(1);
      for (const key of keys) expect(await claim(key, 'second')).toMatchObject({ status: 'busy' });
    });

    it('tells tokens apart that look alike', async () => {
      const key = fresh();
      for (const token of HOSTILE) {
        expect(await claim(key, token)).toMatchObject({ status: 'claimed' });
        const others = HOSTILE.filter((other) => other !== token);
        const extended = others.map((other) => store.extend(key, { token: other, leaseMs: 1 }));
        expect(await Promise.all(extended)).not.toContain(true);
        expect(await store.release(key, { token, retentionMs: HOUR })).toBe(true);
      }
    });

    it.each(HOSTILE.map((text) => [JSON.stringify(text).slice(0, 40), text]))(
      'returns the fingerprint %s',
      async (_name, fingerprint) => {
        const key = fresh();
        await claim(key, 't', { fingerprint });
        expect(await claim(key, 'other')).toMatchObject({ status: 'busy', fingerprint });
        await store.extend(key, { token: 't', leaseMs: 60_000 });
        expect(await claim(key, 'other')).toMatchObject({ status: 'busy', fingerprint });
        await store.complete(key, { token: 't', retentionMs: HOUR });
        expect(await claim(key, 'other')).toEqual({
          status: 'done',
          outcome: 'ok',
          fingerprint,
          response: undefined,
        });
      },
    );

    it.each(BODIES.map((text) => [JSON.stringify(text).slice(0, 40), text]))(
      'returns the answer %s',
      async (_name, body) => {
        const key = fresh();
        const response: StoredResponse = { status: 201, contentType: `text/plain; x="${'\u00e9'}"`, body };
        await claim(key, 't');
        await store.complete(key, { token: 't', retentionMs: HOUR, outcome: 'rejected', response });
        expect(await claim(key, 'other')).toEqual({
          status: 'done',
          outcome: 'rejected',
          fingerprint: undefined,
          response,
        });
      },
    );

    it('answers in whole numbers, and takes fractions of a millisecond', async () => {
      const key = fresh();
      const parts = { leaseMs: 1000.25, retentionMs: 2000.75 };
      expect(await store.claim(key, { token: 't', ...parts })).toEqual({
        status: 'claimed',
        fence: 1,
        attempt: 1,
        takeover: false,
      });
      const busy = (await claim(key, 'other')) as Extract<ClaimResult, { status: 'busy' }>;
      expect(busy.retryAfterMs).toSatisfy((ms: number) => Number.isSafeInteger(ms) && ms > 0 && ms <= 1001);
      expect(await store.extend(key, { token: 't', leaseMs: 0.5 })).toBe(true);
      expect(await store.complete(key, { token: 't', retentionMs: 0.5 })).toBe(true);
      const brief = fresh();
      expect(await store.claim(brief, { token: 't', leaseMs: 0, retentionMs: 0 })).toMatchObject({
        fence: 1,
      });
    });

    it('a released claim cannot be completed, nor a finished one extended', async () => {
      const key = fresh();
      await claim(key, 't');
      await store.release(key, { token: 't', retentionMs: HOUR });
      expect(await store.complete(key, { token: 't', retentionMs: HOUR })).toBe(false);
      expect(await store.extend(key, { token: 't', leaseMs: HOUR })).toBe(false);
      await claim(key, 'u');
      await store.complete(key, { token: 'u', retentionMs: HOUR });
      expect(await store.extend(key, { token: 'u', leaseMs: HOUR })).toBe(false);
    });

    it('takes a retention that never ends', async () => {
      const key = fresh();
      const forever = { leaseMs: Number.MAX_VALUE, retentionMs: Number.MAX_VALUE };
      expect(await store.claim(key, { token: 't', ...forever })).toMatchObject({ status: 'claimed' });
      expect(await claim(key, 'other')).toMatchObject({ status: 'busy' });
      expect(await store.extend(key, { token: 't', leaseMs: Number.MAX_VALUE })).toBe(true);
      expect(await claim(key, 'other')).toMatchObject({ status: 'busy' });
      expect(await store.complete(key, { token: 't', retentionMs: Number.MAX_VALUE })).toBe(true);
      expect(await claim(key, 'other')).toMatchObject({ status: 'done' });
    });

    it('writes down no other times than it was given', async () => {
      const key = fresh();
      const left = async (): Promise<number> => inspector.pttl(prefix + key);
      const within = (most: number) => (ms: number) => ms > most - 60_000 && ms <= most;
      await store.claim(key, { token: 't', leaseMs: 100_000, retentionMs: WEEK });
      expect(await left()).toSatisfy(within(WEEK));
      await store.extend(key, { token: 't', leaseMs: HOUR });
      expect(await left()).toSatisfy(within(WEEK));
      expect(await claim(key, 'other')).toMatchObject({ retryAfterMs: expect.toSatisfy(within(HOUR)) });
      await store.extend(key, { token: 't', leaseMs: 2 * WEEK });
      expect(await left()).toSatisfy(within(2 * WEEK));
      expect(await claim(key, 'other')).toMatchObject({ retryAfterMs: expect.toSatisfy(within(2 * WEEK)) });
      await store.release(key, { token: 't', retentionMs: 2 * HOUR });
      expect(await left()).toSatisfy(within(2 * HOUR));
      await store.claim(key, { token: 'u', leaseMs: 3 * HOUR, retentionMs: HOUR });
      expect(await left()).toSatisfy(within(3 * HOUR));
      await store.complete(key, { token: 'u', retentionMs: 4 * HOUR });
      expect(await left()).toSatisfy(within(4 * HOUR));
      // Coming again changes nothing.
      await store.complete(key, { token: 'u', retentionMs: WEEK, outcome: 'rejected' });
      expect(await left()).toSatisfy(within(4 * HOUR));
      expect(await claim(key, 'other')).toMatchObject({ status: 'done', outcome: 'ok' });
    });

    it.each(['a text', '', 'pending', 'pending 1 1 0\n"t"', '\n\n', 'claimed 1 1 1\n\n\n\n\n'])(
      'leaves what is not its own alone: %j',
      async (foreign) => {
        const key = fresh();
        await inspector.set(prefix + key, foreign);
        await expect(claim(key, 't')).rejects.toThrow('something else writes under the prefix');
        await expect(store.complete(key, { token: 't', retentionMs: HOUR })).rejects.toThrow(
          'something else',
        );
        await expect(store.release(key, { token: 't', retentionMs: HOUR })).rejects.toThrow('something else');
        await expect(store.extend(key, { token: 't', leaseMs: HOUR })).rejects.toThrow('something else');
        expect(await inspector.get(prefix + key)).toBe(foreign);
      },
    );
  });

  it.each([...clients, ...unusualClients])(
    '$name: neither token nor answer is in an error',
    async ({ open }) => {
      const { client, close } = await open(url);
      const prefix = `countersign-errors-${randomUUID()}:`;
      // One of the clients has a prefix of its own.
      for (const key of [`${prefix}k`, `app:${prefix}k`]) {
        written.push(key);
        await inspector.rpush(key, 'a list');
      }
      const response = { status: 200, body: 'hush-body' };
      const error: unknown = await redisStore(client, { prefix })
        .complete('k', { token: 'hush-token', ...times, response })
        .catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(Error);
      expect((error as Error).message).toContain('WRONGTYPE');
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hush');
      await close();
    },
  );
});
