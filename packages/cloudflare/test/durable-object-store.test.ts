import { describe, expect, it } from 'vitest';
import { type DurableObjectBinding, durableObjectStore } from '../src/index.ts';
import { shardOf } from '../src/shard-of.ts';

/** An object of some other class. */
const stranger: DurableObjectBinding = {
  idFromName: (name) => name,
  get: () => ({ fetch: async () => new Response('no such page', { status: 404 }) }),
};

describe('durableObjectStore', () => {
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '16'])('refuses %s shards', (shards) => {
    expect(() => durableObjectStore(stranger, { shards: shards as number })).toThrow(
      expect.objectContaining({ name: 'TypeError', code: 'ERR_WEBHOOK_CONFIG_OPTION' }),
    );
  });

  it('rejects when an object of another class answers', async () => {
    const store = durableObjectStore(stranger);
    await expect(store.release('k', { token: 't', retentionMs: 1 })).rejects.toThrow(
      'is its class DedupObject?',
    );
  });

  it('passes on that nobody waits for the answer', async () => {
    const signals: unknown[] = [];
    const namespace: DurableObjectBinding = {
      idFromName: (name) => name,
      get: () => ({
        async fetch(_url, { signal }) {
          signals.push(signal);
          return Response.json(true);
        },
      }),
    };
    const { signal } = new AbortController();
    const store = durableObjectStore(namespace);
    await store.extend('k', { token: 't', leaseMs: 1 }, { signal });
    await store.extend('k', { token: 't', leaseMs: 1 });
    expect(signals).toEqual([signal, null]);
  });
});

describe('shardOf', () => {
  it('stays as it is: a key that moves is forgotten', () => {
    expect(['', 'a', 'v1|stripe|payments||evt_1', 'é', '😀'].map((key) => shardOf(key, 4096))).toEqual([
      3525, 2348, 3449, 3140, 1208,
    ]);
  });

  it('spreads keys evenly', () => {
    const counts = new Array<number>(16).fill(0);
    for (let index = 0; index < 16_000; index++) {
      const shard = shardOf(`v1|stripe|payments||evt_${index}`, 16);
      counts[shard] = (counts[shard] as number) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
