import { HELD, MS, NEXT_ATTEMPT, NOW, unlessHeld } from './fragments.ts';

const whilePending = (column: string, value: string): string =>
  `${column} = iif(state = 'pending', ${value}, ${column})`;

/** The rows of whoever holds `key` by `token`. */
const OWNED = `key = ? AND token = ? AND expires_at > ${NOW}`;

/**
 * A verb each, atomic because it is one statement: what it found and what it did are decided on the same row at the
 * same instant. Parameters are anonymous, since the drivers disagree on numbered ones. A record's state is `pending`,
 * `free`, or the outcome of what is done; its attempt is its fence too, because both grow with each claim.
 */
export const statements = {
  /** key, token, lease, lease, retention, fingerprint */
  claim: `INSERT INTO countersign_deliveries AS d
  (key, state, token, attempt, takeover, lease_until, expires_at, fingerprint)
VALUES (?, 'pending', ?, 1, 0, ${NOW} + ${MS}, ${NOW} + max(${MS}, ${MS}), ?)
ON CONFLICT (key) DO UPDATE SET
  ${[
    unlessHeld('state'),
    unlessHeld('token'),
    unlessHeld('attempt', NEXT_ATTEMPT),
    `takeover = d.state = 'pending' AND d.expires_at > ${NOW} AND NOT ${HELD}`,
    unlessHeld('lease_until'),
    unlessHeld('expires_at'),
    unlessHeld('fingerprint'),
  ].join(',\n  ')}
RETURNING state, token, attempt, takeover, lease_until - ${NOW} AS lease_left, fingerprint, response`,

  /** outcome, response, retention, key, token */
  complete: `UPDATE countersign_deliveries SET
  ${[
    whilePending('state', '?'),
    whilePending('response', '?'),
    whilePending('expires_at', `${NOW} + ${MS}`),
  ].join(',\n  ')}
WHERE ${OWNED} AND state <> 'free'
RETURNING 1`,

  /** retention, key, token */
  release: `UPDATE countersign_deliveries SET
  state = 'free', ${whilePending('expires_at', `${NOW} + ${MS}`)}
WHERE ${OWNED} AND state IN ('pending', 'free')
RETURNING 1`,

  /** lease, lease, key, token */
  extend: `UPDATE countersign_deliveries SET
  lease_until = ${NOW} + ${MS}, expires_at = max(expires_at, ${NOW} + ${MS})
WHERE ${OWNED} AND state = 'pending'
RETURNING 1`,

  /** key */
  forget: 'DELETE FROM countersign_deliveries WHERE key = ? RETURNING 1',

  /** limit */
  purge: `DELETE FROM countersign_deliveries
WHERE key IN (SELECT key FROM countersign_deliveries WHERE expires_at <= ${NOW} LIMIT ?)
RETURNING 1`,
};
