import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTransactionalProbe, type TransactionalProbe } from '../../testing/src/transactional-probe.ts';
import { type PostgresStore, postgresStore } from '../src/index.ts';
import { describePostgres } from './support/describe-postgres.ts';
import { latch } from './support/latch.ts';
import { libraries, type OpenLibrary } from './support/libraries.ts';
import { prepare, toSubject } from './support/open-store.ts';

const LONG = 120_000;

/** Some libraries wrap what the server said. */
const codesOf = (error: unknown): unknown[] => {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return cause === undefined ? [code] : [code, ...codesOf(cause)];
};

for (const { name, open } of libraries) {
  describePostgres(
    `serializable transactions over ${name}`,
    (url) => {
      let opened: OpenLibrary;
      let store: PostgresStore<unknown>;
      let probe: TransactionalProbe<unknown>;

      beforeAll(async () => {
        opened = open(url);
        store = postgresStore(opened.executor);
        await prepare(url, opened);
        probe = createTransactionalProbe(toSubject(url, opened, store), 60);
      });
      afterAll(async () => {
        await opened?.close();
      });

      it('of two that conflict one is rolled back whole, and succeeds when it comes again', async () => {
        const count = "select count(*) from effects where id = 'shared'";
        const write = "insert into effects values ('shared')";
        const both = [latch(), latch()];
        const attempts = both.map((mine, index) =>
          probe.deliver(probe.key(`${index}`), async ({ tx }) => {
            await opened.write(tx, count);
            mine.open();
            await Promise.all(both.map(({ opened }) => opened));
            await opened.write(tx, write);
          }),
        );
        const results = await Promise.allSettled(attempts);
        expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        const loser = results.findIndex(({ status }) => status === 'rejected');
        expect(codesOf((results[loser] as PromiseRejectedResult).reason)).toContain('40001');
        const key = probe.key(`${loser}`);
        expect(await probe.effects(key)).toBe(0);
        expect(await probe.fail(key)).toBe(1);
        expect(await probe.deliver(key)).toEqual({ status: 'taken', attempt: 2 });
        expect(await probe.effects(key)).toBe(1);
      });

      it('one that began before another committed does not run its event again', async () => {
        const key = probe.key('old');
        const late = store.transactional().transaction(async ({ take }) => {
          await take(probe.key('first'), { retentionMs: LONG });
          await probe.deliver(key);
          return take(key, { retentionMs: LONG });
        });
        expect(codesOf(await late.catch((error: unknown) => error))).toContain('40001');
        expect((await probe.deliver(key)).status).toBe('done');
        expect(await probe.effects(key)).toBe(1);
      });

      it('claims by lease stand alone', async () => {
        const claim = { leaseMs: LONG, retentionMs: LONG };
        const key = probe.key('lease');
        expect((await store.claim(key, { token: 'a', ...claim })).status).toBe('claimed');
        expect((await store.claim(key, { token: 'b', ...claim })).status).toBe('busy');
        expect(await store.complete(key, { token: 'a', retentionMs: LONG })).toBe(true);
        expect((await store.claim(key, { token: 'b', ...claim })).status).toBe('done');
      });
    },
    { default_transaction_isolation: 'serializable' },
  );
}
