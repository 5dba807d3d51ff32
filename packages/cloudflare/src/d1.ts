import type { Row, SqlValue } from '@countersign/sqlite/sql';

/** As much of a D1 database as is needed: `env.DB`. */
export interface D1Binding {
  prepare(sql: string): D1Statement;
  batch(statements: D1Statement[]): Promise<unknown>;
}

/** A prepared statement of D1. */
export interface D1Statement {
  bind(...values: SqlValue[]): D1Statement;
  all(): Promise<{ readonly results: Row[] }>;
}
