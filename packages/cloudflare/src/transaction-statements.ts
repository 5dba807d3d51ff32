import { HELD, MS, NEXT_ATTEMPT, NOW, unlessHeld } from '@countersign/sqlite/sql';

/** Writes a record that is in nobody's hands; where one is held, its state becomes `heldState` and the rest stays. */
const record = (state: 'ok' | 'rejected' | 'free', heldState: 'd.state' | 'NULL'): string =>
  `INSERT INTO countersign_deliveries AS d
  (key, state, token, attempt, takeover, lease_until, expires_at, fingerprint, response)
VALUES (?, '${state}', '', 1, 0, 0, ${NOW} + ${MS}, ?, ?)
ON CONFLICT (key) DO UPDATE SET
  ${[
    `state = iif(${HELD}, ${heldState}, excluded.state)`,
    unlessHeld('attempt', NEXT_ATTEMPT),
    ...['token', 'takeover', 'lease_until', 'expires_at', 'fingerprint', 'response'].map((column) =>
      unlessHeld(column),
    ),
  ].join(',\n  ')}
RETURNING state, attempt`;

/** What transactions need beside the verbs. `record` takes: key, retention, fingerprint, response. */
export const transactionStatements = {
  /** key */
  find: `SELECT state, attempt, ${HELD} AS held, lease_until - ${NOW} AS lease_left, fingerprint, response
FROM countersign_deliveries AS d
WHERE key = ? AND expires_at > ${NOW}`,

  /** Fails, and its batch with it, where somebody else was quicker: a state must not be NULL. */
  commit: record('ok', 'NULL'),
  fail: record('free', 'd.state'),
  reject: record('rejected', 'd.state'),
};
