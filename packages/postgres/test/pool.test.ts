import { setTimeout as delay } from 'node:timers/promises';
import { Pool, type PoolClient } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PostgresStore, postgresStore } from '../src/index.ts';
import { asAdmin, describePostgres } from './support/describe-postgres.ts';
import { latch } from './support/latch.ts';

const LONG = 120_000;

describePostgres('a pool of ten', (url) => {
  let pool: Pool;
  let store: PostgresStore<PoolClient>;

  beforeAll(async () => {
    pool = new Pool({ connectionString: url, max: 10 });
    // Idle clients only: the store listens to those it has taken out.
    pool.on('error', () => {});
    store = postgresStore(pool);
    await store.migrate();
    await pool.query('create table effects (id text not null)');
  });
  afterAll(async () => {
    await pool?.end();
  });

  it('is not used up by fifteen duplicates of a slow event, whose handler needs it too', async () => {
    const seen: string[] = [];
    const answered = latch();
    const deliver = (): Promise<string> =>
      store.transactional().transaction(async ({ tx, take }) => {
        const { status } = await take('slow', { retentionMs: LONG });
        if (status !== 'taken') return status;
        await tx.query("insert into effects values ('slow')");
        // A second at most, as a slow handler takes; less when there is nothing left to see.
        await Promise.race([answered.opened, delay(1000)]);
        await pool.query('select 1');
        seen.push('the slow handler ends');
        return status;
      });

    const deliveries = Array.from({ length: 15 }, async () => {
      const status = await deliver();
      if (status === 'busy') seen.push('busy');
      return status;
    });
    await delay(0);
    await pool.query('select 1');
    seen.push('an unrelated query is answered');
    while (seen.length < 15) {
      if (seen.includes('the slow handler ends')) break;
      await delay(5);
    }
    answered.open();

    const statuses = await Promise.all(deliveries);
    expect(statuses.filter((status) => status === 'taken')).toHaveLength(1);
    expect(statuses.filter((status) => status === 'busy')).toHaveLength(14);
    expect(seen).toHaveLength(16);
    expect(seen.at(-1)).toBe('the slow handler ends');
    expect(await deliver()).toBe('done');
    expect((await pool.query("select count(*)::int as n from effects where id = 'slow'")).rows).toEqual([
      { n: 1 },
    ]);
  });

  it('gets back every client, and loses the broken ones', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        store
          .transactional()
          .transaction(async ({ tx }) => {
            if (index % 3 === 0) throw new Error('handler');
            if (index % 3 === 1) return tx.query('select 1 / 0');
            const { rows } = await tx.query('select pg_backend_pid() as pid');
            await asAdmin('select pg_terminate_backend($1, 5000)', [rows[0].pid], url);
            return delay(20);
          })
          .catch(() => {}),
      ),
    );
    expect(pool.waitingCount).toBe(0);
    expect(pool.idleCount).toBe(pool.totalCount);
    const clients = await Promise.all(Array.from({ length: 10 }, () => pool.connect()));
    for (const client of clients) {
      expect(client.listenerCount('error')).toBeLessThanOrEqual(1);
      expect((await client.query('select pg_current_xact_id_if_assigned() as xid')).rows).toEqual([
        { xid: null },
      ]);
      client.release();
    }
  });

  it('hears of a client that breaks while its transaction is idle', async () => {
    const unheard: unknown[] = [];
    const onUncaught = (error: unknown) => unheard.push(error);
    process.on('uncaughtException', onUncaught);
    const lost = store.transactional().transaction(async ({ tx, take }) => {
      await take('idle', { retentionMs: LONG });
      const { rows } = await tx.query('select pg_backend_pid() as pid');
      await asAdmin('select pg_terminate_backend($1, 5000)', [rows[0].pid], url);
      await delay(50);
      throw new Error('mine');
    });
    await expect(lost).rejects.toThrow('mine');
    await delay(50);
    process.off('uncaughtException', onUncaught);
    expect(unheard).toEqual([]);
  });
});
