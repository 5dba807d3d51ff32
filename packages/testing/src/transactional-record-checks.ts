import assert from 'node:assert/strict';
import { times } from './store-probe.ts';
import type { TransactionalRule } from './transactional-probe.ts';

/** What a record keeps: its key, the answer, the failures; and how it is given up or forgotten. */
export const transactionRecordChecks: readonly TransactionalRule[] = [
  {
    name: 'an answer that was kept is returned',
    async check({ key, long, mustFindDone, store }) {
      const full = {
        status: 202,
        contentType: 'text/plain; charset=utf-8',
        body: '{"\u00e9":"\u{1f600}\\n\'\\u0000"}\0',
      };
      const empty = { status: 200, body: '' };
      for (const [name, response] of Object.entries({ full, empty })) {
        await store.transaction(async ({ keep, take }) => {
          await take(key(name), { retentionMs: long });
          await keep(key(name), response);
        });
        assert.deepEqual({ ...(await mustFindDone(key(name))).response }, response);
      }
    },
  },
  {
    name: 'keys are byte-exact',
    async check({ key, mustFindDone, mustTake }) {
      const names = [
        'a',
        'A',
        'a ',
        ' a',
        'a_',
        'a%',
        'a\\',
        "a'",
        '\u00e9',
        'e\u0301',
        '\u00df',
        'ss',
        '$1',
        '?',
        ':a',
      ];
      for (const name of names) assert.equal(await mustTake(key(name)), 1, `${name} is a key of its own`);
      for (const name of names) await mustFindDone(key(name));
    },
  },
  {
    name: 'failures are counted',
    async check({ deliver, fail, key }) {
      for (const attempt of [1, 2, 3]) assert.equal(await fail(key()), attempt);
      assert.deepEqual(await deliver(key()), { status: 'taken', attempt: 4 });
    },
  },
  {
    name: 'failures at once are all counted',
    async check({ fail, key, mustTake }) {
      const counts = await Promise.all(times(8).map(() => fail(key())));
      assert.deepEqual(counts.sort(), [1, 2, 3, 4, 5, 6, 7, 8]);
      assert.equal(await mustTake(key()), 9);
    },
  },
  {
    name: 'a failure does not undo what is done, and does not wait for what is open',
    async check({ fail, hold, key, mustFindBusy, mustFindDone, mustTake }) {
      await mustTake(key());
      await fail(key());
      await mustFindDone(key());
      const open = await hold(key('open'));
      assert.ok((await fail(key('open'))) >= 1);
      await mustFindBusy(key('open'));
      await open.commit();
      await mustFindDone(key('open'));
    },
  },
  {
    name: 'what is given up is done, as rejected',
    async check({ fail, key, mustFindDone, reject }) {
      assert.equal(await reject(key()), true);
      assert.equal((await mustFindDone(key())).outcome, 'rejected');
      assert.equal(await reject(key()), true, 'a call that comes again succeeds again');
      await fail(key('failed'));
      assert.equal(await reject(key('failed')), true);
      assert.equal((await mustFindDone(key('failed'))).outcome, 'rejected');
    },
  },
  {
    name: 'what is done cannot be given up, nor what another attempt has',
    async check({ hold, key, mustFindDone, mustTake, reject }) {
      await mustTake(key());
      assert.equal(await reject(key()), false);
      assert.equal((await mustFindDone(key())).outcome, 'ok');
      const open = await hold(key('open'));
      await assert.rejects(reject(key('open')), /another attempt/);
      await open.commit();
      assert.equal((await mustFindDone(key('open'))).outcome, 'ok');
    },
  },
  {
    name: 'forget, where a store has it, frees what is done',
    async check({ key, mustTake, store }) {
      if (store.forget === undefined) return;
      await mustTake(key());
      assert.equal(await store.forget(key()), true);
      assert.equal(await mustTake(key()), 1);
      assert.equal(await store.forget(key('unknown')), false);
    },
  },
];
