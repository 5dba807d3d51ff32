import { Redis } from 'ioredis';
import pg from 'pg';

/** Where the real servers answer. */
export const databaseUrl = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
export const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';

/** Whether both answer. */
export async function isReachable(): Promise<boolean> {
  const redis = new Redis(redisUrl, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: null });
  redis.on('error', () => {});
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2000 });
  try {
    await Promise.all([redis.connect(), client.connect()]);
    return true;
  } catch {
    return false;
  } finally {
    redis.disconnect();
    await client.end().catch(() => {});
  }
}

/** Removes what a run left in Redis. */
export async function forgetPrefix(prefix: string): Promise<void> {
  const redis = new Redis(redisUrl, { lazyConnect: true, maxRetriesPerRequest: 1 });
  try {
    await redis.connect();
    for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1000 })) {
      if ((keys as string[]).length > 0) await redis.unlink(...(keys as string[]));
    }
  } catch {
    // A run without Redis left nothing there.
  } finally {
    redis.disconnect();
  }
}
