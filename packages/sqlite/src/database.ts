import type { SqlValue } from './query.ts';

/** A connection that answers at once: `node:sqlite`, `better-sqlite3`, `bun:sqlite`, `libsql`. */
export interface SqliteConnection {
  prepare(sql: string): {
    all(...values: SqlValue[]): unknown[];
    run(...values: SqlValue[]): unknown;
  };
  readonly inTransaction?: boolean;
  readonly isTransaction?: boolean;
}

/** A client that answers later: `@libsql/client`, on a file or on Turso. */
export interface LibsqlClient {
  execute(statement: { sql: string; args: SqlValue[] }): Promise<{ readonly rows: readonly object[] }>;
}

/** What `sqliteStore` takes: told apart by their methods. */
export type SqliteDatabase = SqliteConnection | LibsqlClient;
