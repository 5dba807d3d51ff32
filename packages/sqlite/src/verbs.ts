import type { ClaimResult, DedupStore } from '@countersign/core';
import { held } from './held.ts';
import type { Query, Row, SqlValue } from './query.ts';
import { statements } from './statements.ts';

/** What a store does, without what it is. */
export type Verbs = Required<Omit<DedupStore, 'name' | 'capabilities' | 'close'>>;

/** Records removed by one purge, unless the caller says how many: a write that nobody has to wait long for. */
const PURGE_LIMIT = 1000;

function toClaimResult(row: Row | undefined, token: string): ClaimResult {
  if (row === undefined) throw new Error('the database did not say what became of a claim');
  if (row.state !== 'pending' || row.token !== token) return held(row);
  const attempt = Number(row.attempt);
  return { status: 'claimed', fence: attempt, attempt, takeover: Number(row.takeover) === 1 };
}

/** The verbs of a store, over anything that runs SQLite's SQL. */
export function verbs(query: Query): Verbs {
  const count = async (sql: string, values: readonly SqlValue[]): Promise<number> =>
    (await query(sql, values)).length;
  const changes = async (sql: string, values: readonly SqlValue[]): Promise<boolean> =>
    (await count(sql, values)) > 0;
  return {
    async claim(key, { token, leaseMs, retentionMs, fingerprint = null }) {
      const values = [key, token, leaseMs, leaseMs, retentionMs, fingerprint];
      const [row] = await query(statements.claim, values);
      return toClaimResult(row, token);
    },
    async complete(key, { token, retentionMs, outcome = 'ok', response }) {
      const stored = response === undefined ? null : JSON.stringify(response);
      return changes(statements.complete, [outcome, stored, retentionMs, key, token]);
    },
    release: (key, { token, retentionMs }) => changes(statements.release, [retentionMs, key, token]),
    extend: (key, { token, leaseMs }) => changes(statements.extend, [leaseMs, leaseMs, key, token]),
    forget: (key) => changes(statements.forget, [key]),
    purge: ({ limit = PURGE_LIMIT } = {}) => count(statements.purge, [limit]),
  };
}
