import type { DedupStore } from '@countersign/core';
import { connect } from './connect.ts';
import type { SqliteDatabase } from './database.ts';
import { tables } from './tables.ts';
import { verbs } from './verbs.ts';

/** A store in an SQLite database. */
export interface SqliteStore extends Required<Omit<DedupStore, 'close'>> {
  /** Creates the table, unless it is there. At start-up: nothing is created while deliveries come in. */
  migrate(): Promise<void>;
  /** Removes what has expired, 1,000 records at most unless `limit` says otherwise. Nobody else does: call it now and then. */
  purge(options?: { limit?: number }): Promise<number>;
}

/**
 * Remembers deliveries in SQLite: on one machine, for any number of processes that open the same file. Times are
 * those of the database's own clock. A locked database rejects, and the sender is asked to come again.
 *
 * @param database an open connection of `node:sqlite`, `better-sqlite3`, `bun:sqlite` or `libsql`, on which the
 * application itself opens no transactions; or a client of `@libsql/client`. Closing it is the application's business.
 * SQLite 3.37 or later.
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for anything else
 * @example
 * ```ts
 * import { DatabaseSync } from 'node:sqlite';
 *
 * const database = new DatabaseSync('webhooks.db', { timeout: 500 });
 * database.exec('PRAGMA journal_mode = WAL');
 * const store = sqliteStore(database);
 * await store.migrate();
 * ```
 */
export function sqliteStore(database: SqliteDatabase): SqliteStore {
  const { query, define, inMemory } = connect(database);
  return {
    name: 'sqlite',
    capabilities: inMemory
      ? { atomic: true, shared: false, durable: 'none', clock: 'server' }
      : { atomic: true, shared: true, durable: 'async', clock: 'server' },
    ...verbs(query),
    async migrate() {
      for (const statement of tables) await define(statement);
    },
  };
}
