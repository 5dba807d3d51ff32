import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, expect, it } from 'vitest';
import { describeRedis } from './support/describe-redis.ts';

const PROCESSES = 4;
const KEYS = 50;
const CLAIMS = 8;
const execArgv = ['--conditions=@countersign/source', '--import', 'tsx'];

await describeRedis('claims from four processes at once', (url) => {
  const prefix = `countersign-race-${randomUUID()}:`;
  let racers: ChildProcess[] = [];

  afterAll(async () => {
    for (const racer of racers) racer.kill('SIGKILL');
    const redis = new Redis(url);
    await Promise.all(Array.from({ length: KEYS }, (_, key) => redis.del(`${prefix}${key}`)));
    redis.disconnect();
  });

  it('one of 32 gets each key, and all others find it busy', async () => {
    const args = [url, prefix, `${KEYS}`, `${CLAIMS}`];
    racers = Array.from({ length: PROCESSES }, () =>
      fork(join(import.meta.dirname, 'support/racer.ts'), args, { execArgv }),
    );
    await Promise.all(racers.map((racer) => once(racer, 'message')));
    const results = racers.map((racer) => once(racer, 'message'));
    for (const racer of racers) racer.send('go');
    const statuses = (await Promise.all(results)).map(([message]) => message as string[][]);
    for (let key = 0; key < KEYS; key++) {
      const all = statuses.flatMap((each) => each[key] ?? []);
      expect(all.filter((status) => status === 'claimed')).toHaveLength(1);
      expect(all.filter((status) => status === 'busy')).toHaveLength(PROCESSES * CLAIMS - 1);
    }
  }, 30_000);
});
