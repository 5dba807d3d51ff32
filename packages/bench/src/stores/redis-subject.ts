import { redisStore } from '@countersign/redis';
import { Redis } from 'ioredis';
import { inParallel } from './in-parallel.ts';
import { hex, LEASE, newDelivery, storeLane, WEEK } from './lane.ts';
import type { Subject } from './subject.ts';

export async function redisSubject(url: string): Promise<Subject> {
  const redis = new Redis(url, { retryStrategy: () => null });
  await redis.ping();
  // As long as the default one.
  const prefix = `bench-${hex(2)}-:`;
  const store = redisStore(redis, { prefix });

  async function keys(): Promise<string[]> {
    const found: string[] = [];
    for await (const some of redis.scanStream({ match: `${prefix}*`, count: 1000 })) {
      found.push(...(some as string[]));
    }
    return found;
  }

  async function clear(): Promise<void> {
    const all = await keys();
    for (let at = 0; at < all.length; at += 1000) await redis.unlink(...all.slice(at, at + 1000));
  }

  return {
    name: 'Redis',
    store,
    ours: storeLane(store),
    raw: {
      name: 'SET NX PX + SET PX',
      async run() {
        const { key, token } = newDelivery();
        await redis.set(prefix + key, token, 'PX', LEASE, 'NX');
        await redis.set(prefix + key, 'done', 'PX', WEEK);
      },
    },
    async footprint(count) {
      await clear();
      await inParallel(count, 64, storeLane(store).run);
      const sample = (await keys()).slice(0, 500);
      const bytes = await Promise.all(sample.map(async (key) => Number(await redis.memory('USAGE', key))));
      await clear();
      return bytes.reduce((sum, each) => sum + each, 0) / bytes.length;
    },
    async close() {
      await clear();
      redis.disconnect();
    },
  };
}
