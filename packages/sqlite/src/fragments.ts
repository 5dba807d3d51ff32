/** Unix ms by the clock of the database, the same wherever it stands in a statement. Older than `unixepoch('subsec')`. */
export const NOW = "CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)";

/** A duration, which may come with a fraction. */
export const MS = 'CAST(? AS INTEGER)';

/** The record `d` is done, or under a live lease: nobody may take it. */
export const HELD = `(d.expires_at > ${NOW} AND (d.state IN ('ok', 'rejected') OR d.state = 'pending' AND d.lease_until > ${NOW}))`;

/** A record past its end counts as none, whether purged or not. */
export const NEXT_ATTEMPT = `iif(d.expires_at > ${NOW}, d.attempt + 1, 1)`;

/** An assignment that leaves the column of a record alone which nobody may take. */
export const unlessHeld = (column: string, taken = `excluded.${column}`): string =>
  `${column} = iif(${HELD}, d.${column}, ${taken})`;
