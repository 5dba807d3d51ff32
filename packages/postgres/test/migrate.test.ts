import { Client, Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ddl, type Executor, postgresStore } from '../src/index.ts';
import { leaseStatements } from '../src/lease-statements.ts';
import { toTable } from '../src/table.ts';
import { describePostgres } from './support/describe-postgres.ts';
import { libraries } from './support/libraries.ts';

const claim = { token: 'a', leaseMs: 1000, retentionMs: 1000 };

describePostgres('the table', (url) => {
  let pool: Pool;

  beforeAll(() => {
    pool = new Pool({ connectionString: url });
  });
  afterAll(async () => {
    await pool?.end();
  });

  const exists = async (name: string): Promise<boolean> =>
    (await pool.query('select to_regclass($1) is not null as found', [name])).rows[0].found;

  it.each(libraries)('that is missing is no riddle: $name', async ({ open }) => {
    const { executor, close } = open(url);
    const store = postgresStore(executor, { table: 'missing' });
    const transactional = store.transactional();
    const message = /"missing" does not exist: run the store's migrate\(\)/;
    await expect(store.claim('a', claim)).rejects.toThrow(message);
    await expect(store.purge()).rejects.toThrow(message);
    await expect(transactional.fail('a', { retentionMs: 1 })).rejects.toThrow(message);
    const taking = transactional.transaction(({ take }) => take('a', { retentionMs: 1 }));
    await expect(taking).rejects.toThrow(message);
    expect(await exists('missing')).toBe(false);
    await close();
  });

  it('of the application that is missing is not taken for ours', async () => {
    const work = postgresStore(pool, { table: 'absent' })
      .transactional()
      .transaction(({ tx }) => tx.query('select 1 from nowhere'));
    await expect(work).rejects.toThrow('relation "nowhere" does not exist');
  });

  it.each(libraries)('is made by many processes at once: $name', async ({ name, open }) => {
    const table = `made_by_${name.replaceAll(/\W/g, '_').toLowerCase()}`;
    const all = Array.from({ length: 8 }, () => open(url));
    await Promise.all(all.map(({ executor }) => postgresStore(executor, { table }).migrate()));
    const store = postgresStore((all[0] as (typeof all)[0]).executor, { table });
    await store.migrate();
    expect((await store.claim('a', claim)).status).toBe('claimed');
    expect(await exists(`${table}_expiry`)).toBe(true);
    await Promise.all(all.map(({ close }) => close()));
  });

  it('is made by the exported statements too', async () => {
    await pool.query(ddl('from_ddl'));
    await pool.query(ddl('from_ddl'));
    const store = postgresStore(pool, { table: 'from_ddl' });
    expect(store.ddl).toBe(ddl('from_ddl'));
    await store.migrate();
    expect((await store.claim('a', claim)).status).toBe('claimed');
  });

  it('survives a crash of the server, and leaves room on its pages', async () => {
    await postgresStore(pool, { table: 'logged' }).migrate();
    const { rows } = await pool.query(
      "select relpersistence, reloptions from pg_class where relname = 'logged'",
    );
    expect(rows).toEqual([{ relpersistence: 'p', reloptions: ['fillfactor=90'] }]);
  });

  it('may be in a schema, under an unusual name', async () => {
    await pool.query('create schema "Tenant-1"');
    const store = postgresStore(pool, { table: 'Web-hooks', schema: 'Tenant-1' });
    await store.migrate();
    expect((await store.claim('a', claim)).status).toBe('claimed');
    const other = postgresStore(pool, { table: 'Web-hooks' });
    await other.migrate();
    expect((await other.claim('a', claim)).status).toBe('claimed');
    expect(await exists('"Tenant-1"."Web-hooks_expiry"')).toBe(true);
    const hold = store.transactional().transaction(async ({ take }) => {
      await take('b', { retentionMs: 1000 });
      // The same key in another table is another key.
      return other.transactional().transaction((session) => session.take('b', { retentionMs: 1000 }));
    });
    expect((await hold).status).toBe('taken');
  });

  it('needs no right to create when it is there', async () => {
    await postgresStore(pool, { table: 'owned' }).migrate();
    const role = `countersign_pg_role_${process.pid}`;
    await pool.query(
      `create role ${role} login password '${role}'; grant select, insert, update, delete on owned to ${role}`,
    );
    await pool.query('revoke create on schema public from public');
    const limited = new URL(url);
    limited.username = role;
    limited.password = role;
    const client = new Pool({ connectionString: limited.href });
    try {
      const store = postgresStore(client, { table: 'owned' });
      await store.migrate();
      expect((await store.claim('a', claim)).status).toBe('claimed');
      await expect(postgresStore(client, { table: 'fresh' }).migrate()).rejects.toThrow('permission denied');
    } finally {
      await client.end();
      await pool.query(`drop owned by ${role}; drop role ${role}`);
    }
  });

  it('is purged along its index, without waiting for records in use', async () => {
    const store = postgresStore(pool, { table: 'purged' });
    await store.migrate();
    await pool.query(`insert into purged (key, state, attempt, expires_at)
      select 'old ' || n, 'ok', 1, now() - interval '1 second' from generate_series(1, 2500) n`);
    await pool.query(`insert into purged (key, state, attempt, expires_at)
      select 'new ' || n, 'ok', 1, now() + interval '1 day' from generate_series(1, 20000) n`);
    await pool.query('analyze purged');
    const { purge } = leaseStatements(toTable({ table: 'purged' }));
    const { rows } = await pool.query(`explain ${purge}`, [1000]);
    expect(JSON.stringify(rows)).toMatch(/Index Scan using purged_expiry.*Index Cond: \(expires_at <=/);

    const locker = new Client(url);
    await locker.connect();
    await locker.query("begin; select 1 from purged where key = 'old 1' for update");
    expect(await store.purge({ limit: 10 })).toBe(10);
    expect(await store.purge({ limit: 0 })).toBe(0);
    expect(await store.purge()).toBe(2489);
    await locker.end();
    expect(await store.purge()).toBe(1);
    expect((await pool.query('select count(*)::int as n from purged')).rows).toEqual([{ n: 20_000 }]);
  });

  it('keeps an expired record that is claimed while it is purged', async () => {
    const store = postgresStore(pool, { table: 'raced' });
    await store.migrate();
    await pool.query("insert into raced (key, state, attempt, expires_at) values ('a', 'ok', 1, now())");
    const long = { leaseMs: 60_000, retentionMs: 60_000 };
    await Promise.all([store.purge(), store.claim('a', { token: 'a', ...long }), store.purge()]);
    expect((await store.claim('a', { token: 'b', ...long })).status).toBe('busy');
  });

  it('has its indexes left alone when a delivery completes in time', async () => {
    const store = postgresStore(pool, { table: 'in_place' });
    await store.migrate();
    const week = 7 * 24 * 3600 * 1000;
    for (let index = 0; index < 20; index++) {
      await store.claim(`${index}`, { token: 'a', leaseMs: 30_000, retentionMs: week });
    }
    const before = await pool.query('select key, expires_at from in_place order by key');
    for (let index = 0; index < 20; index++) {
      await store.complete(`${index}`, { token: 'a', retentionMs: week });
    }
    expect((await pool.query('select key, expires_at from in_place order by key')).rows).toEqual(before.rows);
  });
});

describe('a store is not made', () => {
  const executor = { query: async () => [], transaction: async () => {} } as unknown as Executor<unknown>;

  it.each([
    ['', undefined],
    ['a.b', undefined],
    ['a"b', undefined],
    ["a'; drop table x; --", undefined],
    ['1a', undefined],
    ['a?', undefined],
    ['a$1', undefined],
    ['a'.repeat(57), undefined],
    [7, undefined],
    ['a', ''],
    ['a', 'b.c'],
  ])('in table %j of schema %j', (table, schema) => {
    const options = { table: table as string, ...(schema !== undefined && { schema }) };
    expect(() => postgresStore(executor, options)).toThrow(
      expect.objectContaining({ name: 'TypeError', code: 'ERR_WEBHOOK_CONFIG_OPTION' }),
    );
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'postgres://'],
    ['a single client', new Client()],
    ['an object', { query() {} }],
  ])('of %s', (_name, source) => {
    expect(() => postgresStore(source as never)).toThrow(
      expect.objectContaining({
        code: 'ERR_WEBHOOK_CONFIG_OPTION',
        message: expect.stringContaining('Pool'),
      }),
    );
  });
});
