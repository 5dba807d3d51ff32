import { storeSuite } from '@countersign/testing';
import { Cluster, Redis } from 'ioredis';
import { createCluster } from 'redis';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { redisStore } from '../src/index.ts';
import { clients, type OpenClient, unusualClients } from './support/clients.ts';
import { describePrivateRedis, describeRedis } from './support/describe-redis.ts';

function certify(name: string, open: () => Promise<OpenClient>): void {
  describe(name, () => {
    let opened: OpenClient;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());
    // Their keys end by themselves: no check asks for more than two minutes.
    const suite = storeSuite({ name, open: async () => ({ store: redisStore(opened.client) }) });
    for (const check of suite) it.concurrent(check.name, check.run);
  });
}

await describeRedis('the store suite on a shared Redis, through', (url) => {
  for (const { name, open } of [...clients, ...unusualClients]) certify(name, () => open(url));
});

await describePrivateRedis(
  'the store suite on a cluster, through',
  ({ url, port }) => {
    beforeAll(async () => {
      const redis = new Redis(url);
      await redis.cluster('ADDSLOTSRANGE', 0, 16_383);
      for (let tries = 0; tries < 100; tries++) {
        if (String(await redis.cluster('INFO')).includes('cluster_state:ok')) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      redis.disconnect();
    });
    certify('ioredis', async () => {
      const client = new Cluster([{ host: '127.0.0.1', port }]);
      return { client, close: async () => client.disconnect() };
    });
    certify('node-redis', async () => {
      const client = createCluster({ rootNodes: [{ url }] });
      await client.connect();
      return { client, close: async () => client.destroy() };
    });
  },
  ...['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'],
);
