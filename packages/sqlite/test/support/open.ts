import { createClient } from '@libsql/client';
import Libsql from 'libsql';
import { type SqliteStore, sqliteStore } from '../../src/index.ts';

export interface Opened {
  readonly store: SqliteStore;
  close(): Promise<void>;
}

/** A connection as the README says that it should be opened. */
export function connectLibsql(path: string, timeout = 5000): Libsql.Database {
  const database = new Libsql(path);
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = NORMAL');
  database.exec(`PRAGMA busy_timeout = ${timeout}`);
  return database;
}

export async function openLibsql(path: string): Promise<Opened> {
  const database = connectLibsql(path);
  const store = sqliteStore(database);
  await store.migrate();
  return {
    store,
    async close() {
      database.close();
    },
  };
}

async function openClient(path: string): Promise<Opened> {
  const client = createClient({ url: `file:${path}`, timeout: 5000 });
  if (path !== ':memory:') await client.execute('PRAGMA journal_mode = WAL');
  const store = sqliteStore(client);
  await store.migrate();
  return {
    store,
    async close() {
      client.close();
    },
  };
}

export const drivers = { libsql: openLibsql, '@libsql/client': openClient };
