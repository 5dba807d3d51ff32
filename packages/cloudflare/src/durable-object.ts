import type { Row, SqlValue } from '@countersign/sqlite/sql';

/** As much of a Durable Object namespace as is needed: `env.DEDUP`. */
export interface DurableObjectBinding {
  idFromName(name: string): unknown;
  get(id: never): { fetch(url: string, init: RequestInit): Promise<Response> };
}

/** As much of an object's own state as is needed. */
export interface DurableObjectState {
  readonly storage: {
    readonly sql: { exec(sql: string, ...values: SqlValue[]): { toArray(): Row[] } };
    getAlarm(): Promise<number | null>;
    setAlarm(at: number): Promise<void>;
  };
}
