import { postgresStore } from '@countersign/postgres';
import { Client, Pool, type PoolClient } from 'pg';
import { dropDatabase } from '../../../postgres/test/support/drop-database.ts';
import { inParallel } from './in-parallel.ts';
import { hex, type Lane, newDelivery, storeLane, WEEK } from './lane.ts';
import type { Subject } from './subject.ts';

const RAW = `create table raw (key text primary key, state text not null, expires_at timestamptz not null);
create index on raw (expires_at); create table effects (id text not null)`;
const INSERT = `insert into raw values ($1, $2, now() + interval '7 days') on conflict do nothing returning key`;
const EFFECT = 'insert into effects values ($1)';

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** One subject for each mode, in a database of their own. */
export async function postgresSubjects(server: string): Promise<readonly Subject[]> {
  const name = `countersign_bench_${hex(6)}`;
  await asAdmin(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const pool = new Pool({ connectionString: url.href, max: 10 });
  // The database is dropped while the last connections close.
  pool.on('error', () => {});
  const store = postgresStore(pool);
  await store.migrate();
  await pool.query(RAW);
  const transactional = store.transactional();

  const takeAndWrite: Lane = {
    name: 'transaction: take + effect',
    run: () =>
      transactional.transaction(async ({ take, tx }) => {
        const { key, fingerprint } = newDelivery();
        await take(key, { retentionMs: WEEK, fingerprint });
        await tx.query(EFFECT, [key]);
      }),
  };

  async function insertAndWrite(client: PoolClient): Promise<void> {
    const { key } = newDelivery();
    await client.query('begin');
    await client.query(INSERT, [key, 'done']);
    await client.query(EFFECT, [key]);
    await client.query('commit');
  }

  const footprint =
    (lane: Lane) =>
    async (count: number): Promise<number> => {
      await pool.query('truncate countersign_deliveries');
      await inParallel(count, 10, lane.run);
      const { rows } = await pool.query("select pg_total_relation_size('countersign_deliveries') as bytes");
      return Number(rows[0].bytes) / count;
    };

  return [
    {
      name: 'PostgreSQL, lease',
      store,
      ours: storeLane(store),
      raw: {
        name: 'insert on conflict + update',
        async run() {
          const { key } = newDelivery();
          await pool.query(INSERT, [key, 'pending']);
          await pool.query("update raw set state = 'done' where key = $1", [key]);
        },
      },
      footprint: footprint(storeLane(store)),
      async close() {},
    },
    {
      name: 'PostgreSQL, transaction',
      store: transactional,
      ours: takeAndWrite,
      raw: {
        name: 'begin, insert, effect, commit',
        async run() {
          const client = await pool.connect();
          await insertAndWrite(client).finally(() => client.release());
        },
      },
      footprint: footprint(takeAndWrite),
      async close() {
        await pool.end();
        await dropDatabase((statement) => asAdmin(server, statement), name);
      },
    },
  ];
}
