import type { Table } from './table.ts';

/** Not `now()`, which stands still in a transaction and while a statement waits. */
export const NOW = 'clock_timestamp()';

export const ms = (parameter: string): string => `${parameter}::float8 * interval '1 millisecond'`;

/** The record `d` is done, or under a live lease: nobody may take it. */
export const HELD = `(d.expires_at > ${NOW} and (d.state in ('ok', 'rejected') or d.state = 'pending' and d.lease_until > ${NOW}))`;

/** A record past its end counts as none, whether purged or not. */
export const NEXT_ATTEMPT = `case when d.expires_at > ${NOW} then d.attempt + 1 else 1 end`;

/**
 * The lock of the key in `$1`. A transaction holds it alone until it ends. A statement that stands by itself shares
 * it, and does nothing when it is held: waiting for the row would keep a connection for as long as a handler runs.
 */
export const lockOf = ({ name }: Table): string =>
  `hashtextextended($1::text, '${name}'::regclass::oid::int8)`;
