import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTransactionalProbe, type TransactionalProbe } from '../../testing/src/transactional-probe.ts';
import { postgresStore } from '../src/index.ts';
import { describePostgres } from './support/describe-postgres.ts';
import { latch } from './support/latch.ts';
import { libraries, type OpenLibrary } from './support/libraries.ts';
import { prepare, toSubject } from './support/open-store.ts';

/** A handler that runs on after its end: after a failure, as the other half of a `Promise.all` does. */
for (const { name, open } of libraries.filter(({ endsWithWork }) => endsWithWork)) {
  describePostgres(`a handle of ${name} that outlives its transaction`, (url) => {
    let opened: OpenLibrary;
    let probe: TransactionalProbe<unknown>;

    beforeAll(async () => {
      opened = open(url);
      await prepare(url, opened);
      probe = createTransactionalProbe(toSubject(url, opened, postgresStore(opened.executor)), 60);
    });
    afterAll(async () => {
      await opened?.close();
    });

    it.each(['committed', 'rolled back'])('writes nothing when that was %s', async (end) => {
      const key = probe.key(end);
      const ended = latch();
      const writes: Promise<string>[] = [];
      const write = (tx: unknown): void => {
        const attempt = (async () => probe.effect(tx, `${key} late`))();
        writes.push(
          attempt.then(
            () => 'written',
            () => 'refused',
          ),
        );
      };
      const delivery = probe.deliver(key, async ({ tx }) => {
        void (async () => {
          await ended.opened;
          // In the moments of the commit or the rollback, and after them.
          for (const pause of [0, 0, 1, 2, 5, 50]) {
            await delay(pause);
            write(tx);
          }
        })();
        ended.open();
        if (end === 'rolled back') throw new Error('no');
      });
      await delivery.catch(() => {});
      await delay(150);
      expect(writes).toHaveLength(6);
      const results = await Promise.all(writes);
      expect(results.at(-1)).toBe('refused');
      // What came in time belongs to the transaction.
      const inTime = end === 'committed' ? results.filter((result) => result === 'written').length : 0;
      expect(await probe.effects(`${key} late`)).toBe(inTime);
      expect(await probe.effects(key)).toBe(end === 'committed' ? 1 : 0);
    });
  });
}
