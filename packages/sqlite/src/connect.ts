import { misconfigured } from '@countersign/core';
import type { LibsqlClient, SqliteConnection, SqliteDatabase } from './database.ts';
import type { Query, Row, SqlValue } from './query.ts';

export interface Connected {
  readonly query: Query;
  /** Runs a statement that returns no rows. */
  define(sql: string): Promise<void>;
  /** In memory: seen by this connection alone. */
  readonly inMemory: boolean;
}

function connectClient(client: LibsqlClient): Connected {
  const query = async (sql: string, values: readonly SqlValue[]) =>
    (await client.execute({ sql, args: [...values] })).rows as readonly Row[];
  return {
    query,
    async define(sql) {
      await query(sql, []);
    },
    inMemory: false,
  };
}

function connectDirectly(database: SqliteConnection): Connected {
  const prepared = new Map<string, ReturnType<SqliteConnection['prepare']>>();

  function query(sql: string, values: readonly SqlValue[]): readonly Row[] {
    // What is written in a transaction of the application would go when that rolls back.
    if (database.inTransaction ?? database.isTransaction) {
      throw new Error('the connection is inside a transaction of the application: give the store its own');
    }
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    // To the last row: a statement that is left half-way keeps its write lock.
    return statement.all(...values) as Row[];
  }

  const [main] = query("SELECT file FROM pragma_database_list WHERE name = 'main'", []);
  return {
    query,
    async define(sql) {
      database.prepare(sql).run();
    },
    inMemory: !main?.file,
  };
}

/**
 * Brings every driver to one shape.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for what is neither kind of database
 */
export function connect(database: SqliteDatabase): Connected {
  const { execute, prepare } = (database ?? {}) as Partial<LibsqlClient & SqliteConnection>;
  if (typeof execute === 'function') return connectClient(database as LibsqlClient);
  if (typeof prepare === 'function') return connectDirectly(database as SqliteConnection);
  throw misconfigured(
    'ERR_WEBHOOK_CONFIG_OPTION',
    'sqliteStore takes an open database of node:sqlite, better-sqlite3, bun:sqlite or libsql, or a client of @libsql/client',
  );
}
