import { memoryStore } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import { type RedisClient, type RedisStoreOptions, redisStore } from '../src/index.ts';

const call = async (): Promise<void> => {};
const refusal = expect.objectContaining({ name: 'TypeError', code: 'ERR_WEBHOOK_CONFIG_OPTION' });

describe('redisStore refuses', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['an address', 'redis://127.0.0.1:6379'],
    ['an empty object', {}],
    ['a key-value wrapper', { get: call, set: call, has: call, delete: call }],
    ['a client that only knows EVAL', { eval: call }],
    ['node-redis 3, which calls back', { eval: call, evalsha: call, send_command: call }],
    ['a client without EVAL', { defineCommand: call, evalsha: call, evalSha: call, createScript: call }],
    ['methods that are none', { defineCommand: true, eval: 'eval', evalsha: 'evalsha' }],
    ['a store', memoryStore()],
  ])('%s', (_name, client) => {
    const open = () => redisStore(client as RedisClient);
    expect(open).toThrow(refusal);
    expect(open).toThrow(/ioredis.+node-redis.+@upstash\/redis/);
  });

  it.each([1, null, Buffer.from('a')])('a prefix that is no text: %s', (prefix) => {
    const client = { eval: call, evalSha: call };
    const options = { prefix } as unknown as RedisStoreOptions;
    expect(() => redisStore(client as RedisClient, options)).toThrow(refusal);
    expect(() => redisStore(client as RedisClient, options)).toThrow('prefix');
  });
});

describe('redisStore says of itself', () => {
  it('that it is shared, atomic, on the clock of the server, and a moment behind on the disk', () => {
    const store = redisStore({ eval: call, evalSha: call } as RedisClient);
    expect(store.name).toBe('redis');
    expect(store.capabilities).toEqual({ atomic: true, shared: true, durable: 'async', clock: 'server' });
  });
});

describe('what no script says is no answer', () => {
  const claim = { token: 't', leaseMs: 1000, retentionMs: 1000 };
  // A client that is cut off may resolve with a text of its own, and none of these may count as a claim.
  const replies = [
    'Aborted',
    '',
    'OK',
    'null',
    'claimed',
    'claimed 1 1',
    'claimed x y z',
    'busy',
    'busy 0',
    'ok',
    'yes ',
  ];

  it.each([...replies, undefined, null, 0, 1, true, [], {}])('%j', async (reply) => {
    const client = { eval: call, evalSha: async () => reply };
    const store = redisStore(client as RedisClient);
    const settled = [
      store.claim('k', claim),
      store.complete('k', claim),
      store.release('k', claim),
      store.extend('k', claim),
      store.forget?.('k'),
    ];
    const refused = settled.map((each) => expect(each).rejects.toThrow('Redis answered something'));
    await Promise.all(refused);
  });
});
