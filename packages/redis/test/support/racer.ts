import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { redisStore } from '../../src/redis-store.ts';

/** One process of a race: connects, says that it is ready, and claims every key several times when it is told to. */
const [url = '', prefix = '', keys = '0', claims = '0'] = process.argv.slice(2);
const client = new Redis(url);
const store = redisStore(client, { prefix });
await client.ping();

process.once('message', async () => {
  const request = () => ({ token: randomUUID(), leaseMs: 60_000, retentionMs: 60_000 });
  const all = Array.from({ length: Number(keys) }, (_, key) =>
    Array.from({ length: Number(claims) }, async () => (await store.claim(`${key}`, request())).status),
  );
  const statuses = await Promise.all(all.map((each) => Promise.all(each)));
  process.send?.(statuses, () => {
    client.disconnect();
    process.disconnect();
  });
});
process.send?.('ready');
