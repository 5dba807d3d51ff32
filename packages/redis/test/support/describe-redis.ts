import { afterAll, describe, it } from 'vitest';
import { answers, canStartRedis, type RedisServer, startRedis } from './redis-server.ts';

/** Without Redis nothing here is tested: that is visible at home, and a failure in CI. */
function describeWithout(title: string, need: string): void {
  if (process.env.CI === 'true') {
    describe(title, () => {
      it('has what it needs', () => {
        throw new Error(need);
      });
    });
  } else {
    describe.skip(`${title} (skipped: ${need})`, () => {
      it('has what it needs', () => {});
    });
  }
}

/** Tests on the Redis of REDIS_URL, or on the local one, or on one started for them. Keys there are not only ours. */
export async function describeRedis(title: string, tests: (url: string) => void): Promise<void> {
  const url = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';
  if (await answers(url)) return void describe(title, () => tests(url));
  if (!canStartRedis)
    return describeWithout(title, `no Redis answers at ${url}, and there is no redis-server`);
  const server = await startRedis();
  describe(title, () => {
    afterAll(() => server.close());
    tests(server.url);
  });
}

/** Tests on a Redis of their own, which they may stop, flush and measure. */
export async function describePrivateRedis(
  title: string,
  tests: (server: RedisServer) => void,
  ...options: string[]
): Promise<void> {
  if (!canStartRedis) return describeWithout(title, 'there is no redis-server to start');
  const server = await startRedis(...options);
  describe(title, () => {
    afterAll(() => server.close());
    tests(server);
  });
}
