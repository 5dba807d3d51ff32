import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { dropDatabase } from './drop-database.ts';

const server = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** Statements on the server's own database, from outside of every pool under test. */
export async function asAdmin(statement: string, values: unknown[] = [], url = server): Promise<unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  await client.connect();
  try {
    return (await client.query(statement, values)).rows;
  } finally {
    await client.end();
  }
}

const trouble = await asAdmin('select 1').then(
  () => undefined,
  (error: unknown) => `no PostgreSQL answers at ${new URL(server).host}: ${error}`,
);

/** Without a server nothing here is tested: that is visible at home, and a failure in CI. */
function describeWithout(title: string, need: string): void {
  if (process.env.CI === 'true') {
    describe(title, () => {
      it('has what it needs', () => {
        throw new Error(need);
      });
    });
  } else {
    describe.skip(`${title} (skipped: ${need})`, () => {
      it('has what it needs', () => {});
    });
  }
}

/** Tests in a database of their own, on the server of DATABASE_URL or on the local one. */
export function describePostgres(
  title: string,
  define: (url: string) => void,
  settings: Readonly<Record<string, string>> = {},
): void {
  if (trouble !== undefined) return void describeWithout(title, trouble);
  const name = `countersign_pg_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  describe(title, () => {
    beforeAll(async () => {
      await asAdmin(`create database ${name}`);
      for (const [setting, value] of Object.entries(settings)) {
        await asAdmin(`alter database ${name} set ${setting} = '${value}'`);
      }
    });
    afterAll(() => dropDatabase(asAdmin, name));
    define(url.href);
  });
}
