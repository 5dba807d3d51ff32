import type { ClaimResult, StoredResponse } from '@countersign/core';
import type { Row } from './executor.ts';

/** What keeps a claim from succeeding, or undefined when nothing does any more. */
export type Obstacle = Exclude<ClaimResult, { status: 'claimed' }>;

/** ms that a sender is asked to wait for a transaction: nobody knows when it ends. */
export const UNKNOWN_WAIT = 1000;

/** The answer to a claim that did not succeed, by the row that `find` found. */
export function toObstacle(row: Row | undefined): Obstacle | undefined {
  if (row === undefined || row.held !== true) return undefined;
  const fingerprint = typeof row.fingerprint === 'string' ? row.fingerprint : undefined;
  if (row.state === 'pending') {
    return { status: 'busy', retryAfterMs: Math.max(1, Math.ceil(Number(row.lease_left))), fingerprint };
  }
  const response =
    typeof row.response === 'string' ? (JSON.parse(row.response) as StoredResponse) : undefined;
  return { status: 'done', outcome: row.state === 'rejected' ? 'rejected' : 'ok', fingerprint, response };
}
