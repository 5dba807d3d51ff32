import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisStore } from '../src/index.ts';
import { clients, type OpenClient } from './support/clients.ts';
import { describePrivateRedis } from './support/describe-redis.ts';

const times = { leaseMs: 60_000, retentionMs: 60_000 };

await describePrivateRedis('scripts are sent once and then named by their hash', (server) => {
  let inspector: Redis;
  beforeAll(() => {
    inspector = new Redis(server.url);
  });
  afterAll(() => inspector.disconnect());

  /** Calls and failures of a command since the last reset. */
  async function stats(command: 'eval' | 'evalsha'): Promise<number[]> {
    const line = new RegExp(`cmdstat_${command}:calls=(\\d+).*rejected_calls=(\\d+),failed_calls=(\\d+)`);
    const [, calls = 0, , failed = 0] = line.exec(await inspector.info('commandstats')) ?? [];
    return [Number(calls), Number(failed)];
  }

  describe.each(clients)('$name', ({ name, open }) => {
    let opened: OpenClient;
    beforeAll(async () => {
      opened = await open(server.url);
    });
    afterAll(() => opened?.close());

    it('the text only where the server does not know the hash', async () => {
      const store = redisStore(opened.client, { prefix: `${name}:` });
      await inspector.script('FLUSH');
      await inspector.config('RESETSTAT');
      for (let round = 0; round < 10; round++) {
        await store.claim(`key-${round}`, { token: 't', ...times });
        await store.complete(`key-${round}`, { token: 't', retentionMs: 60_000 });
      }
      expect(await stats('eval')).toEqual([2, 0]);
      expect(await stats('evalsha')).toEqual([20, 2]);
    });

    it('and every verb comes through when the server forgets its scripts in between', async () => {
      const store = redisStore(opened.client, { prefix: `${name}-flushed:` });
      const owner = { token: 't', ...times };
      const verbs: readonly (readonly [() => Promise<unknown> | undefined, unknown])[] = [
        [() => store.claim('k', owner), { status: 'claimed', fence: 1, attempt: 1, takeover: false }],
        [() => store.extend('k', owner), true],
        [() => store.release('k', owner), true],
        [() => store.claim('k', owner), { status: 'claimed', fence: 2, attempt: 2, takeover: false }],
        [() => store.complete('k', owner), true],
        [() => store.claim('k', owner), { status: 'done', outcome: 'ok' }],
        [() => store.forget?.('k'), true],
        [() => store.forget?.('k'), false],
      ];
      for (const [verb, answer] of verbs) {
        await inspector.script('FLUSH');
        expect(await verb()).toEqual(answer);
      }
    });

    it('nor does a crowd of first claims lose one', async () => {
      const store = redisStore(opened.client, { prefix: `${name}-crowd:` });
      await inspector.script('FLUSH');
      const claims = Array.from({ length: 50 }, (_, at) => store.claim('k', { token: `${at}`, ...times }));
      const statuses = (await Promise.all(claims)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 'claimed')).toHaveLength(1);
      expect(statuses.filter((status) => status === 'busy')).toHaveLength(49);
    });
  });
});
