import type { ClaimResult, DeliveryVerdict, StoredResponse } from '@countersign/core';
import type { Row } from './query.ts';

/** Why a record cannot be taken. */
export type Held = Exclude<ClaimResult, { status: 'claimed' }>;

/** What a record that cannot be taken says to whoever asks. NULL is how a database says undefined. */
export function held(row: Row): Held {
  const fingerprint = (row.fingerprint as string | null) ?? undefined;
  if (row.state === 'pending') {
    // Drivers differ in how they read an integer.
    return { status: 'busy', retryAfterMs: Number(row.lease_left), fingerprint };
  }
  const response = row.response === null ? undefined : (JSON.parse(row.response as string) as StoredResponse);
  return { status: 'done', outcome: row.state as DeliveryVerdict, fingerprint, response };
}
