import { HELD, lockOf, ms, NEXT_ATTEMPT, NOW } from './fragments.ts';
import type { Table } from './table.ts';

/** Puts `state` on a key, for another attempt, in a statement that stands by itself. key, retention */
const settle = (table: Table, state: 'free' | 'rejected'): string => `insert into ${table.name} as d
  (key, state, attempt, expires_at)
select $1::text, '${state}', 1, ${NOW} + ${ms('$2')}
where pg_try_advisory_xact_lock_shared(${lockOf(table)})
on conflict (key) do update set
  state = '${state}',
  token = null,
  attempt = ${NEXT_ATTEMPT},
  takeover = false,
  lease_until = null,
  expires_at = ${NOW} + ${ms('$2')},
  response = null
where not ${HELD}
returning attempt`;

/** The statements of transactions, and of what became of them. */
export const transactionStatements = (table: Table) => ({
  /**
   * key, retention, fingerprint. Recorded as done at once: nobody sees it before the commit. A bare insert would wait
   * for another transaction that has the key, with a connection in its hand.
   */
  take: `with lock as (
  select pg_try_advisory_xact_lock(${lockOf(table)}) as got
), taken as (
  insert into ${table.name} as d (key, state, attempt, expires_at, fingerprint)
  select $1::text, 'ok', 1, ${NOW} + ${ms('$2')}, $3::text from lock where lock.got
  on conflict (key) do update set
    state = 'ok',
    token = null,
    attempt = ${NEXT_ATTEMPT},
    takeover = false,
    lease_until = null,
    expires_at = ${NOW} + ${ms('$2')},
    fingerprint = excluded.fingerprint,
    response = null
  where not ${HELD}
  returning d.attempt
)
select lock.got, taken.attempt from lock left join taken on true`,

  /** key */
  drop: `with first as (
  delete from ${table.name} d where d.key = $1::text and d.attempt = 1
)
update ${table.name} d set state = 'free', attempt = d.attempt - 1, response = null
where d.key = $1::text and d.attempt > 1`,

  /** key, response */
  keep: `update ${table.name} d set response = $2::text where d.key = $1::text`,

  fail: settle(table, 'free'),
  reject: settle(table, 'rejected'),
});
