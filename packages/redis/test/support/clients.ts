import { Redis as Upstash } from '@upstash/redis';
import { Redis as Ioredis, type RedisOptions } from 'ioredis';
import { createClient } from 'redis';
import type { RedisClient } from '../../src/redis-client.ts';
import { startUpstashBridge } from './upstash-bridge.ts';

export interface OpenClient {
  readonly client: RedisClient;
  close(): Promise<void>;
}

export interface ClientKind {
  readonly name: string;
  open(url: string): Promise<OpenClient>;
}

type IoredisOptions = RedisOptions & { replyMapping?: 'legacy' };

async function openIoredis(url: string, options: IoredisOptions = {}): Promise<OpenClient> {
  const client = new Ioredis(url, { retryStrategy: () => 50, ...options });
  client.on('error', () => {});
  return { client, close: async () => client.disconnect() };
}

async function openNodeRedis(url: string, RESP: 2 | 3 = 3): Promise<OpenClient> {
  const client = createClient({ url, RESP, socket: { reconnectStrategy: 50 } });
  client.on('error', () => {});
  await client.connect();
  return { client, close: async () => client.destroy() };
}

async function openUpstash(
  url: string,
  options: { enableAutoPipelining?: boolean } = {},
): Promise<OpenClient> {
  const bridge = await startUpstashBridge(url);
  const client = new Upstash({ url: bridge.url, token: 'local', enableTelemetry: false, ...options });
  return { client, close: bridge.close };
}

/** One of each dialect. */
export const clients: readonly ClientKind[] = [
  { name: 'ioredis', open: openIoredis },
  { name: 'node-redis', open: openNodeRedis },
  { name: '@upstash/redis', open: openUpstash },
];

/** Settings that change what a command or its reply looks like. */
export const unusualClients: readonly ClientKind[] = [
  { name: 'ioredis with a key prefix', open: (url) => openIoredis(url, { keyPrefix: 'app:' }) },
  {
    name: 'ioredis with automatic pipelines',
    open: (url) => openIoredis(url, { enableAutoPipelining: true }),
  },
  { name: 'ioredis on RESP 2', open: (url) => openIoredis(url, { protocol: 2 }) },
  { name: 'node-redis on RESP 2', open: (url) => openNodeRedis(url, 2) },
  {
    name: '@upstash/redis without pipelines',
    open: (url) => openUpstash(url, { enableAutoPipelining: false }),
  },
];
