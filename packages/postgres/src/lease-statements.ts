import { HELD, lockOf, ms, NEXT_ATTEMPT, NOW } from './fragments.ts';
import type { Table } from './table.ts';

/** The claim of a client library that sends a statement again when its answer was lost. */
const RESENT = `(d.state = 'pending' and d.token = $2::text)`;

/** What comes again finds it done, and changes nothing. */
const whilePending = (column: string, value: string): string =>
  `case when d.state = 'pending' then ${value} else d.${column} end`;

/** An end that would move by less than a thousandth of the retention stays where it is: no index is touched then. */
const END_OF_RECORD = `case
    when abs(extract(epoch from d.expires_at - ${NOW})::float8 * 1000 - $3::float8) < $3::float8 / 1000
    then d.expires_at else ${NOW} + ${ms('$3')} end`;

/**
 * A verb each, atomic because it is one statement. A record's state is `pending`, `free`, or the outcome of what is
 * done; its attempt is its fence too, because both grow with each claim. It never expires before its lease is over.
 */
export const leaseStatements = (table: Table) => ({
  /** key, token, lease, retention, fingerprint */
  claim: `insert into ${table.name} as d
  (key, state, token, attempt, takeover, lease_until, expires_at, fingerprint)
select $1::text, 'pending', $2::text, 1, false, ${NOW} + ${ms('$3')},
  ${NOW} + greatest(${ms('$3')}, ${ms('$4')}), $5::text
where pg_try_advisory_xact_lock_shared(${lockOf(table)})
on conflict (key) do update set
  state = 'pending',
  token = excluded.token,
  attempt = case when ${RESENT} then d.attempt else ${NEXT_ATTEMPT} end,
  takeover = case when ${RESENT} then d.takeover else d.state = 'pending' and d.expires_at > ${NOW} end,
  lease_until = ${NOW} + ${ms('$3')},
  expires_at = ${NOW} + greatest(${ms('$3')}, ${ms('$4')}),
  fingerprint = excluded.fingerprint
where not ${HELD} or ${RESENT}
returning attempt, takeover`,

  /** key */
  find: `select d.state, ${HELD} as held, d.attempt, d.fingerprint, d.response,
  (extract(epoch from d.lease_until - ${NOW}) * 1000)::float8 as lease_left
from ${table.name} d where d.key = $1::text`,

  /** key, token, retention, outcome, response */
  complete: `update ${table.name} d set
  state = ${whilePending('state', '$4::text')},
  response = ${whilePending('response', '$5::text')},
  expires_at = ${whilePending('expires_at', END_OF_RECORD)},
  lease_until = null
where d.key = $1::text and d.token = $2::text and d.state <> 'free' and d.expires_at > ${NOW}
returning 1 as kept`,

  /** key, token, retention */
  release: `update ${table.name} d set state = 'free', lease_until = null, expires_at = ${NOW} + ${ms('$3')}
where d.key = $1::text and d.token = $2::text and d.state in ('pending', 'free') and d.expires_at > ${NOW}
returning 1 as kept`,

  /** key, token, lease */
  extend: `update ${table.name} d set
  lease_until = ${NOW} + ${ms('$3')},
  expires_at = greatest(d.expires_at, ${NOW} + ${ms('$3')})
where d.key = $1::text and d.token = $2::text and d.state = 'pending' and d.expires_at > ${NOW}
returning 1 as kept`,

  /** key */
  forget: `delete from ${table.name} d where d.key = $1::text returning 1 as kept`,

  /** limit. The clock is read in a query of its own, or the index could not be used. */
  purge: `delete from ${table.name}
where ctid = any(array(
  select ctid from ${table.name} where expires_at <= (select ${NOW})
  order by expires_at limit $1::int for update skip locked
))
returning 1 as kept`,
});
