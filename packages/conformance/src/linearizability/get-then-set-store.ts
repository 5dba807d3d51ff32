import type { ClaimResult, DedupStore } from '@countersign/core';
import type { Redis } from 'ioredis';

interface Stored {
  readonly state: 'pending' | 'free' | 'done';
  readonly token: string;
  readonly attempt: number;
  readonly until: number;
}

/** The state machine to the letter, but for one thing: others write between its reading and its writing. */
export function getThenSetStore(redis: Redis, prefix: string): DedupStore {
  async function read(key: string): Promise<Stored | undefined> {
    const text = await redis.get(prefix + key);
    return text === null ? undefined : JSON.parse(text);
  }
  const write = (key: string, record: Stored) => redis.set(prefix + key, JSON.stringify(record));

  async function settle(
    key: string,
    token: string,
    states: readonly string[],
    change: Partial<Stored>,
  ): Promise<boolean> {
    const record = await read(key);
    if (record?.token !== token || !states.includes(record.state)) return false;
    await write(key, { ...record, ...change });
    return true;
  }

  return {
    name: 'get-then-set',
    capabilities: { atomic: true, shared: true, durable: 'async', clock: 'client' },
    async claim(key, { token, leaseMs }): Promise<ClaimResult> {
      const record = await read(key);
      const now = Date.now();
      if (record?.state === 'done') return { status: 'done', outcome: 'ok' };
      const isLive = record?.state === 'pending' && record.until > now;
      if (isLive && record.token !== token) return { status: 'busy', retryAfterMs: record.until - now };
      const attempt = isLive ? record.attempt : (record?.attempt ?? 0) + 1;
      await write(key, { state: 'pending', token, attempt, until: now + leaseMs });
      return {
        status: 'claimed',
        attempt,
        fence: attempt,
        takeover: record?.state === 'pending' && !isLive,
      };
    },
    complete: (key, { token }) => settle(key, token, ['pending', 'done'], { state: 'done' }),
    release: (key, { token }) => settle(key, token, ['pending', 'free'], { state: 'free' }),
    extend: (key, { token, leaseMs }) => settle(key, token, ['pending'], { until: Date.now() + leaseMs }),
  };
}
