/**
 * Remembers webhook deliveries in SQLite, for Countersign.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from 'node:sqlite';
 *
 * const store = sqliteStore(new DatabaseSync('webhooks.db', { timeout: 500 }));
 * await store.migrate();
 * const payments = createReceiver(stripe({ secret }), {
 *   store,
 *   on: { 'invoice.paid': (event) => fulfil(event.payload.data.object.id) },
 * });
 * ```
 * @module
 */
export type { LibsqlClient, SqliteConnection, SqliteDatabase } from './database.ts';
export type { SqlValue } from './query.ts';
export { type SqliteStore, sqliteStore } from './sqlite-store.ts';
export { ddl } from './tables.ts';
