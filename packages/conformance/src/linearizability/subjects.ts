import type { DedupStore } from '@countersign/core';
import { pgExecutor, postgresStore } from '@countersign/postgres';
import { type IoredisClient, redisStore } from '@countersign/redis';
import { Redis } from 'ioredis';
import pg from 'pg';
import { getThenSetStore } from './get-then-set-store.ts';

export interface Servers {
  readonly redis: string;
  readonly prefix: string;
  /** A database with the store's table. */
  readonly database: string;
}

export interface OpenSubject {
  readonly store: DedupStore;
  close(): Promise<unknown>;
}

export interface Subject {
  readonly name: string;
  readonly server: 'redis' | 'postgres';
  /** The share of keys on which a wrong store is caught; 0 for a correct one. */
  readonly caught: number;
  open(servers: Servers): Promise<OpenSubject>;
}

type Change = (text: string) => string;

/** Breaks a script or a statement on purpose. A part that is not there any more breaks nothing, and is not caught. */
const replacing =
  (part: string, by: string): Change =>
  (text) =>
    text.replaceAll(part, by);

/** Lets time pass between what a statement reads from the clock and what others see of it. */
const slowToShow: Change = (text) => {
  const slow = text.replace(
    /lease_until = clock_timestamp\(\).*(?=,)/,
    "$& + case when pg_sleep(0.03 * random()) is null then null else interval '0' end",
  );
  if (slow === text && /lease_until = (?!null)/.test(text)) throw new Error(`where does it wait? ${text}`);
  return slow;
};

async function openRedis({ redis, prefix }: Servers, change?: Change): Promise<OpenSubject> {
  const client = new Redis(redis);
  await client.ping();
  const broken = (change: Change): IoredisClient => ({
    defineCommand: client.defineCommand,
    // The store knows the hashes of its own scripts only.
    evalsha: () => Promise.reject(new Error('NOSCRIPT')),
    eval: (script, ...rest) => client.eval(change(script), ...rest),
  });
  const store = redisStore(change === undefined ? client : broken(change), { prefix });
  return { store, close: async () => client.disconnect() };
}

async function openPostgres({ database }: Servers, change: Change = (text) => text): Promise<OpenSubject> {
  const pool = new pg.Pool({ connectionString: database, max: 3 });
  const executor = pgExecutor(pool);
  const query: typeof executor.query = (text, ...rest) => executor.query(change(text), ...rest);
  await pool.query('select 1');
  return { store: postgresStore({ ...executor, query }), close: () => pool.end() };
}

async function openGetThenSet({ redis, prefix }: Servers): Promise<OpenSubject> {
  const client = new Redis(redis);
  await client.ping();
  return { store: getThenSetStore(client, prefix), close: async () => client.disconnect() };
}

const brokenRedis = (name: string, caught: number, part: string, by: string): Subject => ({
  name: `Redis, ${name}`,
  server: 'redis',
  caught,
  open: (servers) => openRedis(servers, replacing(part, by)),
});

const brokenPostgres = (name: string, caught: number, part: string, by: string): Subject => ({
  name: `PostgreSQL, ${name}`,
  server: 'postgres',
  caught,
  open: (servers) => openPostgres(servers, replacing(part, by)),
});

/** The stores, and the same ones broken on purpose: a checker that lets these through proves nothing. */
export const subjects: readonly Subject[] = [
  { name: 'Redis', server: 'redis', caught: 0, open: (servers) => openRedis(servers) },
  { name: 'PostgreSQL', server: 'postgres', caught: 0, open: (servers) => openPostgres(servers) },
  {
    name: 'PostgreSQL, slow to show',
    server: 'postgres',
    caught: 0,
    open: (servers) => openPostgres(servers, slowToShow),
  },
  { name: 'get, then set', server: 'redis', caught: 0.9, open: openGetThenSet },
  brokenRedis('no token compared', 0.9, 'token ~= ARGV[1]', 'false'),
  brokenPostgres('no token compared', 0.9, 'd.token = $2::text', '$2::text is not null'),
  brokenRedis('no lease kept', 0.9, 'left > tonumber(leaseEnd)', 'false'),
  brokenRedis(
    'leases too long',
    0.5,
    'local lease = tonumber(ARGV[2])',
    'local lease = tonumber(ARGV[2]) * 3',
  ),
  brokenPostgres(
    'leases too short',
    0.5,
    "$3::float8 * interval '1 millisecond'",
    "$3::float8 / 3 * interval '1 millisecond'",
  ),
];
