import { setTimeout as delay } from 'node:timers/promises';
import type { OpenTransactionalStore } from '@countersign/testing';
import type { PostgresStore } from '../../src/index.ts';
import { postgresStore } from '../../src/index.ts';
import { asAdmin } from './describe-postgres.ts';
import type { OpenLibrary } from './libraries.ts';

const TABLES = `create table effects (id text not null);
create table parents (id int primary key);
create table children (parent int not null references parents deferrable initially deferred)`;

/** The application's own tables, and the store's. */
export async function prepare(url: string, open: OpenLibrary): Promise<void> {
  await postgresStore(open.executor).migrate();
  await asAdmin(`${TABLES}`, undefined, url).catch((error: { code?: string }) => {
    if (error.code !== '42P07') throw error;
  });
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export function toSubject<Tx>(
  url: string,
  { executor, write }: OpenLibrary<Tx>,
  store: PostgresStore<Tx>,
): OpenTransactionalStore<Tx> {
  return {
    store: store.transactional(),
    effect: (tx, id) => write(tx, `insert into effects values (${literal(id)})`),
    async effects(id) {
      const [row] = await executor.query('select count(*)::int as count from effects where id = $1::text', [
        id,
      ]);
      return Number(row?.count);
    },
    breakStatement: (tx) => write(tx, 'select 1 / 0'),
    breakCommit: (tx) => write(tx, 'insert into children values (1)'),
    async killUnderStatement(tx) {
      const [row] = await executor.query('select pg_backend_pid() as pid', [], tx);
      const running = write(tx, 'select pg_sleep(10)');
      const killed = delay(20).then(() =>
        asAdmin('select pg_terminate_backend($1::int, 5000)', [row?.pid], url),
      );
      await Promise.all([running, killed]);
    },
    async kill(tx) {
      const [row] = await executor.query('select pg_backend_pid() as pid', [], tx);
      await asAdmin('select pg_terminate_backend($1::int, 5000)', [row?.pid], url);
      // The client has to hear of it, so that it is not its next statement that does.
      await delay(20);
    },
  };
}
