import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteStore } from '@countersign/sqlite';
import Libsql from 'libsql';
import { inParallel } from './in-parallel.ts';
import { newDelivery, storeLane } from './lane.ts';
import type { Subject } from './subject.ts';

function connect(path: string): Libsql.Database {
  const database = new Libsql(path);
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = NORMAL');
  return database;
}

export async function sqliteSubject(): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
  const database = connect(join(folder, 'webhooks.db'));
  const store = sqliteStore(database);
  await store.migrate();
  database.exec('create table raw (key text primary key, state text not null, expires_at integer not null)');
  const insert = database.prepare(
    "insert into raw values (?, 'pending', unixepoch() + 604800) on conflict do nothing returning key",
  );
  const update = database.prepare("update raw set state = 'done' where key = ?");
  return {
    name: 'SQLite',
    store,
    ours: storeLane(store),
    raw: {
      name: 'insert on conflict + update',
      async run() {
        const { key } = newDelivery();
        insert.all(key);
        update.run(key);
      },
    },
    async footprint(count) {
      const own = connect(join(folder, 'footprint.db'));
      const weighed = sqliteStore(own);
      await weighed.migrate();
      await inParallel(count, 16, storeLane(weighed).run);
      const [size] = own
        .prepare('select page_count * page_size as bytes from pragma_page_count, pragma_page_size')
        .all();
      own.close();
      return Number((size as { bytes: number }).bytes) / count;
    },
    async close() {
      database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
