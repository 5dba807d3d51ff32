import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { dropDatabase } from '../../../postgres/test/support/drop-database.ts';
import { databaseUrl } from './servers.ts';

/** A database of its own for one run: effects of another would count as doubles here. */
export interface Ledger {
  readonly url: string;
  readonly pool: pg.Pool;
  drop(): Promise<void>;
}

const ledgerTables = `
  create table effects (
    event text not null, generation text not null, attempt int not null, takeover boolean not null,
    at timestamptz not null default clock_timestamp()
  );
  create index on effects (event);
  create table completions (event text not null, generation text not null);
  create index on completions (event);
`;

/** @param prepare DDL besides the ledger's own */
export async function openLedger(prepare: readonly string[]): Promise<Ledger> {
  const name = `countersign_crash_${randomBytes(5).toString('hex')}`;
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 4 });
  pool.on('error', () => {});
  for (const statement of [ledgerTables, ...prepare]) await pool.query(statement);
  return {
    url: url.href,
    pool,
    async drop() {
      await pool.end();
      await dropDatabase((statement) => admin.query(statement), name);
      await admin.end();
    },
  };
}
