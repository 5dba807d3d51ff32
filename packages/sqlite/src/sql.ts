/**
 * What a store over another binding of SQLite is made of: Cloudflare's are.
 *
 * @module
 */
export { HELD, MS, NEXT_ATTEMPT, NOW, unlessHeld } from './fragments.ts';
export { type Held, held } from './held.ts';
export type { Query, Row, SqlValue } from './query.ts';
export { ddl, tables } from './tables.ts';
export { type Verbs, verbs } from './verbs.ts';
