import assert from 'node:assert/strict';
import type { TransactionalRule } from './transactional-probe.ts';

/** The record and the effects: both, or neither. */
export const atomicityChecks: readonly TransactionalRule[] = [
  {
    name: 'a transaction that is rolled back leaves nothing, and the next attempt is the second',
    async check({ deliver, effects, fail, hold, key }) {
      const open = await hold(key());
      assert.equal(await effects(key()), 0, 'nobody sees what is not committed');
      await open.rollback();
      assert.equal(await effects(key()), 0);
      assert.equal(await fail(key()), 1);
      assert.deepEqual(await deliver(key()), { status: 'taken', attempt: 2 });
      assert.equal(await effects(key()), 1);
    },
  },
  {
    name: 'an attempt that was rolled back without a word was none',
    async check({ deliver, hold, key }) {
      await (await hold(key())).rollback();
      assert.deepEqual(await deliver(key()), { status: 'taken', attempt: 1 });
    },
  },
  {
    name: 'the transaction rejects with the error of its work, whatever it is',
    async check({ deliver, effects, key }) {
      for (const thrown of [new Error('mine'), 'text', undefined, null]) {
        const caught = await deliver(key(), () => Promise.reject(thrown)).then(
          () => 'nothing',
          (error: unknown) => [error],
        );
        assert.deepEqual(caught, [thrown]);
        if (thrown instanceof Error) assert.equal((caught as unknown[])[0], thrown, 'the very error');
      }
      assert.equal(await effects(key()), 0);
    },
  },
  {
    name: 'the transaction resolves with the result of its work, as it is',
    async check({ store }) {
      const pending = [Promise.resolve(1)];
      for (const value of [undefined, null, 0, [1, 2], { a: 1 }, pending]) {
        assert.equal(await store.transaction(async () => value), value);
      }
    },
  },
  {
    name: 'an answer is rolled back with what it belongs to',
    async check({ deliver, key, mustFindDone }) {
      const work = deliver(key(), async ({ keep }) => {
        await keep(key(), { status: 202, body: 'lost' });
        throw new Error('no');
      });
      await assert.rejects(work, /no/);
      await deliver(key());
      assert.equal((await mustFindDone(key())).response, undefined);
    },
  },
  {
    name: 'an answer is not left for the next when its record has expired',
    async check({ key, long, mustFindDone, mustTake, outlast, short, store }) {
      await store.transaction(async ({ keep, take }) => {
        await take(key(), { retentionMs: short });
        await keep(key(), { status: 202, body: 'old' });
      });
      await outlast();
      await mustTake(key(), { retention: long });
      assert.equal((await mustFindDone(key())).response, undefined);
    },
  },
  {
    name: 'a statement that fails in the work rolls everything back',
    needs: ['breakStatement'],
    async check({ breakStatement, deliver, effects, key }) {
      await assert.rejects(deliver(key(), ({ tx }) => breakStatement(tx)));
      assert.equal(await effects(key()), 0);
      assert.equal((await deliver(key())).status, 'taken');
    },
  },
  {
    name: 'a failed statement that the work swallows is not taken for a commit',
    needs: ['breakStatement'],
    async check({ breakStatement, deliver, effects, key }) {
      const swallowing = deliver(key(), ({ tx }) => breakStatement(tx).catch(() => {}));
      await assert.rejects(swallowing);
      assert.equal(await effects(key()), 0);
      assert.equal((await deliver(key())).status, 'taken');
      assert.equal(await effects(key()), 1);
    },
  },
  {
    name: 'a commit that the server refuses is none',
    needs: ['breakCommit'],
    async check({ breakCommit, deliver, effects, key }) {
      await assert.rejects(deliver(key(), ({ tx }) => breakCommit(tx)));
      assert.equal(await effects(key()), 0);
      assert.equal((await deliver(key())).status, 'taken');
    },
  },
  {
    name: 'nothing begins under a signal that was aborted',
    async check({ store }) {
      let ran = false;
      const signal = AbortSignal.abort(new Error('too late'));
      const work = async () => {
        ran = true;
      };
      await assert.rejects(store.transaction(work, { signal }), /too late/);
      assert.equal(ran, false);
    },
  },
];
