import type { DedupStore, TransactionalStore } from '@countersign/core';
import { ddl, pgExecutor, postgresStore } from '@countersign/postgres';
import { redisStore } from '@countersign/redis';
import { Redis } from 'ioredis';
import pg from 'pg';
import { openLedger } from '../crash/ledger.ts';
import { type FaultyProxy, startFaultyProxy } from './faulty-proxy.ts';
import { startRedis } from './redis-server.ts';

/** A server, and a store that knows it through a network which can be broken. */
interface Servers {
  readonly proxy: FaultyProxy;
  /** Words of what the store sends to record a delivery as done, and of nothing else that it sends. */
  readonly completions: readonly string[];
  close(): Promise<void>;
}

export interface RedisRig extends Servers {
  readonly store: DedupStore;
  restart(): Promise<void>;
  flush(): Promise<unknown>;
}

export async function openRedisRig(isPersistent: boolean): Promise<RedisRig> {
  const server = await startRedis(isPersistent);
  const proxy = await startFaultyProxy(server.port);
  const client = new Redis(proxy.port, { retryStrategy: () => 30 });
  client.on('error', () => {});
  const direct = new Redis(server.port, { retryStrategy: () => 30 });
  direct.on('error', () => {});
  return {
    proxy,
    completions: ['\r\n$2\r\nok\r\n'],
    store: redisStore(client),
    restart: () => server.restart(),
    flush: () => direct.flushall(),
    async close() {
      client.disconnect();
      direct.disconnect();
      await proxy.close();
      await server.close();
    },
  };
}

export interface PostgresRig extends Servers {
  readonly store: DedupStore;
  readonly transactional: TransactionalStore<pg.PoolClient>;
  /** Ends some of the store's connections at the server, whatever they are doing. */
  terminate(count: number): Promise<unknown>;
  /** Events of which effects were committed, one for each effect. */
  effects(): Promise<readonly string[]>;
}

const NAME = 'countersign-faults';

export async function openPostgresRig(): Promise<PostgresRig> {
  const ledger = await openLedger([ddl()]);
  const url = new URL(ledger.url);
  const proxy = await startFaultyProxy(Number(url.port || 5432));
  url.hostname = '127.0.0.1';
  url.port = String(proxy.port);
  const pool = new pg.Pool({ connectionString: url.href, max: 8, application_name: NAME });
  pool.on('error', () => {});
  const store = postgresStore(pgExecutor(pool));
  return {
    proxy,
    completions: ['commit', "d.state <> 'free'"],
    store,
    transactional: store.transactional(),
    terminate: (count) =>
      ledger.pool.query(
        `select pg_terminate_backend(pid) from (
           select pid from pg_stat_activity where datname = current_database() and application_name = $1
           order by state = 'idle', random() limit $2
         ) chosen`,
        [NAME, count],
      ),
    async effects() {
      const { rows } = await ledger.pool.query<{ event: string }>('select event from effects order by at');
      return rows.map(({ event }) => event);
    },
    async close() {
      await Promise.race([pool.end(), new Promise((resolve) => setTimeout(resolve, 2000))]);
      await proxy.close();
      await ledger.drop();
    },
  };
}
