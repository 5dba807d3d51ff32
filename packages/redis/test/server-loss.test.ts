import { createGate, type Gate } from '@countersign/core';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisStore } from '../src/index.ts';
import { clients, type OpenClient } from './support/clients.ts';
import { describePrivateRedis } from './support/describe-redis.ts';
import { startTcpProxy } from './support/tcp-proxy.ts';

const times = { leaseMs: 60_000, retentionMs: 60_000 };

/** The client is back in touch with its server. Bounded, so that a client that never comes back fails. */
async function untilBack(gate: Gate, key: string): Promise<string> {
  for (let tries = 0; tries < 50; tries++) {
    const { status } = await gate.run(`${key}-${tries}`, () => {});
    if (status !== 'unavailable') return status;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return 'unavailable';
}

await describePrivateRedis('when the server goes away and comes back', (server) => {
  describe.each(clients)('$name', ({ name, open }) => {
    let opened: OpenClient;
    beforeAll(async () => {
      opened = await open(server.url);
    });
    afterAll(() => opened?.close());

    it('a claim rejects, the gate says unavailable, and then all is well again', async () => {
      const store = redisStore(opened.client);
      const gate = createGate({ store, deadline: 1000 });
      let runs = 0;
      const work = () => runs++;
      expect(await gate.run(name, work)).toMatchObject({ status: 'ran' });

      await server.stop();
      expect(await gate.run(name, work)).toMatchObject({ status: 'unavailable', cause: expect.any(Error) });
      const signal = AbortSignal.timeout(300);
      await expect(store.claim('other', { token: 't', ...times }, { signal })).rejects.toThrow();
      expect(runs).toBe(1);

      await server.start();
      expect(await untilBack(gate, name)).toBe('ran');
      // The server kept nothing, so this runs again: what README.md says of a server that loses its memory.
      expect(await gate.run(name, work)).toMatchObject({ status: 'ran' });
      expect(await gate.run(name, work)).toMatchObject({ status: 'done' });
      expect(runs).toBe(2);
    });
  });
});

await describePrivateRedis('when the server stands still', (server) => {
  const freeze = () => process.kill(server.pid, 'SIGSTOP');
  const thaw = () => process.kill(server.pid, 'SIGCONT');
  afterAll(thaw);

  describe.each(clients)('$name', ({ name, open }) => {
    let opened: OpenClient;
    beforeAll(async () => {
      opened = await open(server.url);
    });
    afterAll(() => opened?.close());

    it('an abort rejects at once with its reason, and the late answer hurts nobody', async () => {
      const store = redisStore(opened.client, { prefix: `${name}:` });
      await store.claim('warm', { token: 't', ...times });
      freeze();
      try {
        const controller = new AbortController();
        const asked = store.claim('late', { token: 't', ...times }, { signal: controller.signal });
        setTimeout(() => controller.abort(new Error('given up')), 100);
        await expect(asked).rejects.toThrow('given up');
      } finally {
        thaw();
      }
      // Whether or not it was claimed after all, its own token gets it.
      expect(await store.claim('late', { token: 't', ...times })).toMatchObject({
        status: 'claimed',
        fence: 1,
      });
    });

    it('nothing is sent under a signal that is aborted already', async () => {
      const store = redisStore(opened.client, { prefix: `${name}:` });
      const signal = AbortSignal.abort(new Error('given up'));
      await expect(store.claim('never', { token: 't', ...times }, { signal })).rejects.toThrow('given up');
      await store.claim('after', { token: 't', ...times });
      const inspector = new Redis(server.url);
      expect(await inspector.exists(`${name}:never`, `${name}:after`)).toBe(1);
      inspector.disconnect();
    });
  });
});

await describePrivateRedis('an answer that fails after the abort', (server) => {
  it.each(clients)('hurts nobody: $name', async ({ open }) => {
    const { client, close } = await open(server.url);
    const store = redisStore(client);
    await store.claim('warm', { token: 't', ...times });
    process.kill(server.pid, 'SIGSTOP');
    const asked = store.claim('late', { token: 't', ...times }, { signal: AbortSignal.timeout(100) });
    await expect(asked).rejects.toThrow();
    await server.stop();
    await close();
    // A rejection that nobody handles fails the run.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.start();
  });
});

await describePrivateRedis('a command that waits for a connection', (server) => {
  it('is taken back by node-redis when its claim is given up', async () => {
    const proxy = await startTcpProxy(server.port);
    const { open } = clients.find(({ name }) => name === 'node-redis') as (typeof clients)[number];
    const { client, close } = await open(`redis://127.0.0.1:${proxy.port}`);
    const store = redisStore(client);
    // The server knows the script from here on, and would run it.
    await store.claim('warm', { token: 't', ...times });
    await proxy.cut();
    for (let tries = 0; tries < 100 && (client as unknown as { isReady: boolean }).isReady; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const signal = AbortSignal.timeout(200);
    await expect(store.claim('queued', { token: 't', ...times }, { signal })).rejects.toThrow();
    await proxy.mend();
    // Commands are sent in the order in which they were given.
    expect(await store.claim('next', { token: 't', ...times })).toMatchObject({ status: 'claimed' });
    const inspector = new Redis(server.url);
    expect(await inspector.exists('countersign:next')).toBe(1);
    expect(await inspector.exists('countersign:queued')).toBe(0);
    inspector.disconnect();
    await close();
    await proxy.close();
  });
});
