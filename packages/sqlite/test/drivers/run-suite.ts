// Runs the store suite on a driver that this workspace does not install. Its argument is a module named below.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeSuite } from '@countersign/testing';
import { type SqliteConnection, sqliteStore } from '../../src/index.ts';

type Opening = SqliteConnection & { exec(sql: string): unknown; close(): void };

/** Module → the name of its class. */
const classes: Readonly<Record<string, string>> = {
  'node:sqlite': 'DatabaseSync',
  'bun:sqlite': 'Database',
  'better-sqlite3': 'default',
};

const [driver = ''] = process.argv.slice(2);
const module = (await import(driver)) as Record<string, new (path: string) => Opening>;
const Database = module[classes[driver] ?? ''] as new (path: string) => Opening;

const folder = mkdtempSync(join(tmpdir(), 'countersign-drivers-'));
const file = join(folder, 'webhooks.db');

async function open(path: string) {
  const database = new Database(path);
  database.exec('PRAGMA busy_timeout = 5000');
  if (path !== ':memory:') database.exec('PRAGMA journal_mode = WAL');
  const store = sqliteStore(database);
  await store.migrate();
  return { store, close: async () => database.close() };
}

let passed = 0;
let failed = 0;
for (const path of [file, ':memory:']) {
  for (const { name, run } of storeSuite({ name: driver, open: () => open(path) })) {
    try {
      await run();
      passed++;
    } catch (error) {
      failed++;
      console.error(`${driver} on ${path}: ${name}\n`, error);
    }
  }
}

// A transaction of the application on the same connection must be noticed, where the driver tells of it.
const database = new Database(':memory:');
const store = sqliteStore(database);
await store.migrate();
database.exec('BEGIN');
const claim = store.claim('k', { token: 't', leaseMs: 1000, retentionMs: 1000 });
const noticed = await claim.then(
  () => 'does not notice',
  () => 'notices',
);
database.close();

const row = (connection: Opening, sql: string): unknown => connection.prepare(sql).all()[0];
const memory = new Database(':memory:');
console.log(driver, row(memory, 'SELECT sqlite_version() AS version'), `${noticed} a foreign transaction`);
memory.close();
rmSync(folder, { recursive: true, force: true });
console.log(`${driver}: ${passed} checks passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
