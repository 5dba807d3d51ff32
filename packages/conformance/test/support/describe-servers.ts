import { connect } from 'node:net';
import { describe, it } from 'vitest';
import { databaseUrl, redisUrl } from '../../src/crash/servers.ts';
import { redisBinary } from '../../src/faults/redis-server.ts';

/** Whether somebody listens there. */
function listens(url: string, port: number): Promise<boolean> {
  const { hostname, port: given } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(given || port), timeout: 2000 });
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
}

const needs = {
  redis: async () => ((await listens(redisUrl, 6379)) ? undefined : `no Redis listens at ${redisUrl}`),
  'redis-server': async () => (redisBinary ? undefined : 'there is no redis-server to start'),
  postgres: async () =>
    (await listens(databaseUrl, 5432)) ? undefined : `no PostgreSQL listens at ${new URL(databaseUrl).host}`,
};

/** Without its servers nothing here is tested: that is visible at home, and a failure in CI. */
export async function describeServers(
  title: string,
  servers: readonly (keyof typeof needs)[],
  define: () => void,
): Promise<void> {
  const missing = (await Promise.all(servers.map((server) => needs[server]()))).filter(Boolean).join('; ');
  if (missing === '') return void describe(title, define);
  if (process.env.CI !== 'true') {
    return void describe.skip(`${title} (skipped: ${missing})`, () => {
      it('has what it needs', () => {});
    });
  }
  describe(title, () => {
    it('has what it needs', () => {
      throw new Error(missing);
    });
  });
}
