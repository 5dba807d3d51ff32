import { misconfigured } from '@countersign/core';
import type { Executor } from './executor.ts';
import { type PgPool, pgExecutor } from './pg-executor.ts';
import { type PostgresJs, postgresJsExecutor } from './postgres-js-executor.ts';

const has = (source: unknown, ...methods: string[]): boolean =>
  methods.every((method) => typeof (source as Record<string, unknown> | null)?.[method] === 'function');

/**
 * Recognises a client by its methods.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for anything else
 */
export function toExecutor<Tx>(source: unknown): Executor<Tx> {
  if (has(source, 'query', 'transaction')) return source as Executor<Tx>;
  // A single client has both methods too, but only a pool counts.
  if (has(source, 'connect', 'query') && 'totalCount' in (source as object)) {
    return pgExecutor(source as PgPool) as Executor<Tx>;
  }
  if (has(source, 'unsafe', 'begin')) return postgresJsExecutor(source as PostgresJs) as Executor<Tx>;
  throw misconfigured(
    'ERR_WEBHOOK_CONFIG_OPTION',
    'postgresStore takes a Pool of pg (not a single client), the sql of postgres.js, or an executor: drizzleExecutor(db, sql), kyselyExecutor(db, CompiledQuery), knexExecutor(knex)',
  );
}
