import { existsSync } from 'node:fs';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { describe, it } from 'vitest';

export const REDIS: string = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';
export const POSTGRES: string = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
export const REDIS_SERVER: string | undefined = [
  '/usr/bin/redis-server',
  '/usr/local/bin/redis-server',
  '/opt/homebrew/bin/redis-server',
].find(existsSync);

/** Statements from outside of every pool under test. */
export async function inDatabase(statement: string, url: string = POSTGRES): Promise<unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** What goes wrong when the server is asked; nothing if it answers. */
export async function redisTrouble(url: string = REDIS): Promise<string | undefined> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.ping();
    return undefined;
  } catch {
    return `no Redis answers at ${new URL(url).host}`;
  } finally {
    client.disconnect();
  }
}

export const postgresTrouble = (): Promise<string | undefined> =>
  inDatabase('select 1').then(
    () => undefined,
    () => `no PostgreSQL answers at ${new URL(POSTGRES).host}`,
  );

/** Without its servers nothing here is tested: that is visible at home, and a failure in CI. */
export function describeWith(
  title: string,
  troubles: readonly (string | undefined)[],
  tests: () => void,
): void {
  const trouble = troubles.find((each) => each !== undefined);
  if (trouble === undefined) return void describe(title, tests);
  if (process.env.CI !== 'true') return void describe.skip(`${title} (skipped: ${trouble})`, tests);
  describe(title, () => {
    it('has its servers', () => {
      throw new Error(trouble);
    });
  });
}
