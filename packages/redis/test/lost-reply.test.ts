import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { redisStore } from '../src/index.ts';
import { describePrivateRedis } from './support/describe-redis.ts';
import { startTcpProxy } from './support/tcp-proxy.ts';

await describePrivateRedis('a reply that is lost, after which the client asks again by itself', (server) => {
  it('every verb answers as if it had been asked once', async () => {
    const proxy = await startTcpProxy(server.port);
    // Without its check the client sends nothing of its own when it connects.
    const client = new Redis(proxy.port, {
      enableReadyCheck: false,
      disableClientInfo: true,
      retryStrategy: () => 20,
    });
    client.on('error', () => {});
    const store = redisStore(client);
    const owner = { token: 't', leaseMs: 60_000, retentionMs: 60_000 };
    const verbs: readonly (readonly [() => Promise<unknown>, unknown])[] = [
      [() => store.claim('k', owner), { status: 'claimed', fence: 2, attempt: 2, takeover: false }],
      [() => store.extend('k', owner), true],
      [() => store.complete('k', owner), true],
    ];
    // The scripts are known before, so that the lost reply is the one that counts.
    await store.claim('k', owner);
    await store.extend('k', owner);
    await store.release('k', owner);
    await store.complete('unknown', owner);
    for (const [index, [verb, answer]] of verbs.entries()) {
      proxy.loseNextReply();
      expect(await verb()).toEqual(answer);
      expect(proxy.lost()).toBe(index + 1);
    }
    await store.claim('r', owner);
    proxy.loseNextReply();
    expect(await store.release('r', owner)).toBe(true);
    expect(await store.claim('r', owner)).toMatchObject({ fence: 2, attempt: 2 });
    expect(proxy.lost()).toBe(verbs.length + 1);
    client.disconnect();
    await proxy.close();
  });
});
