import { type Table, toTable } from './table.ts';

/**
 * Wide columns first: nothing is lost to alignment. A tenth of each page is left free, so that an update stays on it
 * and touches no index: more is never used. Keys are compared byte by byte, whatever the collation of the database.
 */
export const definitions = ({ name, index }: Table): readonly string[] => [
  `create table if not exists ${name} (
  expires_at timestamptz not null,
  lease_until timestamptz,
  attempt integer not null,
  takeover boolean not null default false,
  state text not null,
  key text collate "C" primary key,
  token text,
  fingerprint text,
  response text
) with (fillfactor = 90)`,
  `create index if not exists ${index} on ${name} (expires_at)`,
];

/**
 * The table and its index as SQL, for a migration of your own. `migrate()` of the store runs the same.
 *
 * @param table default `countersign_deliveries`
 * @param schema default: the first of the connection's `search_path`
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for a name that is none
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 *
 * await writeFile('migrations/0042_countersign.sql', ddl());
 * ```
 */
export const ddl = (table?: string, schema?: string): string =>
  definitions(toTable({ ...(table !== undefined && { table }), ...(schema !== undefined && { schema }) }))
    .map((statement) => `${statement};\n`)
    .join('');
