import { createHash, randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { redisStore } from '../src/index.ts';
import { describePrivateRedis } from './support/describe-redis.ts';

const RECORDS = 10_000;
const WEEK = 7 * 24 * 3_600_000;
const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** As the core makes them, for a sender with ids as long as Stripe's. */
const stripeKey = (): string => `v1|stripe|payments||evt_${hex(14).slice(0, 24)}`;
const fingerprintOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

await describePrivateRedis('the memory of finished deliveries', ({ url }) => {
  let redis: Redis;
  beforeAll(() => {
    redis = new Redis(url);
  });
  afterAll(() => redis.disconnect());

  const used = async (): Promise<number> => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);

  async function finish(key: string): Promise<void> {
    const store = redisStore(redis);
    const token = hex(16);
    const fingerprint = fingerprintOf(key);
    await store.claim(key, { token, leaseMs: 30_000, retentionMs: WEEK, fingerprint });
    await store.complete(key, { token, retentionMs: WEEK });
  }

  it('is at most 260 bytes a record, by MEMORY USAGE', async () => {
    const key = stripeKey();
    await finish(key);
    const bytes = Number(await redis.memory('USAGE', `countersign:${key}`));
    expect(bytes).toBeGreaterThan(100);
    expect(bytes).toBeLessThanOrEqual(260);
  });

  it('is at most 300 bytes a record with the table of expiries, over many', async () => {
    const before = await used();
    await Promise.all(Array.from({ length: RECORDS }, () => finish(stripeKey())));
    const bytes = ((await used()) - before) / RECORDS;
    expect(bytes).toBeGreaterThan(100);
    expect(bytes).toBeLessThanOrEqual(300);
  });
});
