import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { dropDatabase } from '../../../../postgres/test/support/drop-database.ts';
import { inDatabase, POSTGRES } from './servers.ts';

/** A database of the tests' own, which is dropped after them. To be called inside of a `describe`. */
export function ownDatabase(): string {
  const name = `countersign_deferred_${randomBytes(6).toString('hex')}`;
  const url = new URL(POSTGRES);
  url.pathname = `/${name}`;
  beforeAll(async () => {
    await inDatabase(`create database ${name}`);
    await inDatabase('create table effects (id text not null, worker text not null)', url.href);
  });
  afterAll(() => dropDatabase(inDatabase, name));
  return url.href;
}

/** Effects under an id, as everybody else sees them. */
export async function effectsOf(url: string, id: string): Promise<number> {
  const [row] = await inDatabase(`select count(*)::int as count from effects where id = '${id}'`, url);
  return (row as { count: number }).count;
}
