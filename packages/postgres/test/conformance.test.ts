import { storeSuite, transactionalStoreSuite } from '@countersign/testing';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type PostgresStore, postgresStore } from '../src/index.ts';
import { describePostgres } from './support/describe-postgres.ts';
import { libraries, type OpenLibrary } from './support/libraries.ts';
import { prepare, toSubject } from './support/open-store.ts';

for (const { name: library, open } of libraries) {
  describePostgres(`the store over ${library}`, (url) => {
    let opened: OpenLibrary;
    let store: PostgresStore<unknown>;

    beforeAll(async () => {
      opened = open(url);
      store = postgresStore(opened.executor);
      await prepare(url, opened);
    });
    afterAll(async () => {
      await opened?.close();
    });

    describe('by lease', () => {
      for (const { name, run } of storeSuite({ name: library, open: async () => ({ store }) })) it(name, run);
    });

    describe('in the transaction of the handler', () => {
      const suite = transactionalStoreSuite({
        name: library,
        open: async () => toSubject(url, opened, store),
      });
      for (const { name, run } of suite) it(name, run);
    });
  });
}
