import assert from 'node:assert/strict';
import { latch } from './latch.ts';
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
    async check({ breakStatement, deliver, effects, key }) {
      await assert.rejects(deliver(key(), ({ tx }) => breakStatement(tx)));
      assert.equal(await effects(key()), 0);
      assert.equal((await deliver(key())).status, 'taken');
    },
  },
  {
    name: 'a failed statement that the work swallows is not taken for a commit',
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
    async check({ breakCommit, deliver, effects, key }) {
      await assert.rejects(deliver(key(), ({ tx }) => breakCommit(tx)));
      assert.equal(await effects(key()), 0);
      assert.equal((await deliver(key())).status, 'taken');
    },
  },
  {
    name: 'when the connection is lost nothing is committed, and the next attempt runs',
    async check({ deliver, effect, effects, key, kill }) {
      const lost = deliver(key(), async ({ tx }) => {
        await kill(tx);
        await effect(tx, key());
      });
      await assert.rejects(lost);
      assert.equal(await effects(key()), 0);
      assert.equal((await deliver(key())).status, 'taken');
      assert.equal(await effects(key()), 1);
    },
  },
  {
    name: 'when the connection is lost under a statement nothing is committed',
    async check({ deliver, effects, key, killUnderStatement }) {
      await assert.rejects(deliver(key(), ({ tx }) => killUnderStatement(tx)));
      assert.equal(await effects(key()), 0);
      assert.equal((await deliver(key())).status, 'taken');
      assert.equal(await effects(key()), 1);
    },
  },
  {
    name: 'when the connection is lost before the commit nothing is committed',
    async check({ deliver, effects, key, kill }) {
      await assert.rejects(deliver(key(), ({ tx }) => kill(tx)));
      assert.equal(await effects(key()), 0);
      assert.equal((await deliver(key())).status, 'taken');
      assert.equal(await effects(key()), 1);
    },
  },
  {
    name: 'when the connection is lost the work is blamed for what it threw, if it was asked',
    async check({ deliver, key, kill }) {
      const own = new Error('mine');
      let ended = false;
      const lost = deliver(key(), async ({ tx }) => {
        await kill(tx);
        ended = true;
        throw own;
      });
      // Some libraries notice the loss first.
      await assert.rejects(lost, (error) => error === own || !ended);
    },
  },
  {
    name: 'what the work writes after the connection was lost is not written elsewhere',
    async check({ deliver, effect, effects, key, kill, outlast }) {
      const over = latch();
      const lost = deliver(key(), async ({ tx }) => {
        await kill(tx);
        // Others want a connection: the library makes a new one, though not at once for all of them.
        for (let round = 0; round < 3; round++) {
          await Promise.allSettled(Array.from({ length: 12 }, () => effects(key())));
          await outlast();
        }
        await effect(tx, key()).then(over.open, over.open);
        throw new Error('no');
      });
      await assert.rejects(lost);
      await over.opened;
      await outlast();
      assert.equal(await effects(key()), 0, 'nothing of it was committed');
    },
  },
  {
    name: 'the end of lost work does not end the transaction of somebody else',
    async check({ deliver, effects, hold, key, kill, outlast }) {
      const lost = latch();
      const go = latch();
      const first = deliver(key('lost'), async ({ tx }) => {
        await kill(tx);
        lost.open();
        await go.opened;
        throw new Error('no');
      });
      const settled = assert.rejects(first);
      await lost.opened;
      // As many as there are connections, so that the new one is among them.
      const names = Array.from({ length: 9 }, (_, index) => key(`${index}`));
      const others = await Promise.all(names.map((name) => hold(name)));
      go.open();
      await outlast();
      for (const other of others) await other.commit();
      await settled;
      for (const name of names) {
        assert.equal((await deliver(name)).status, 'done');
        assert.equal(await effects(name), 1);
      }
    },
  },
  {
    name: 'connections come back, whatever became of them',
    async check({ breakCommit, breakStatement, deliver, effects, key, kill }) {
      const endings = [breakStatement, breakCommit, kill, () => Promise.reject(new Error('no'))];
      for (let round = 0; round < 24; round++) {
        const end = endings[round % endings.length] as typeof kill;
        await assert.rejects(deliver(key(), ({ tx }) => end(tx)));
      }
      assert.equal((await deliver(key())).status, 'taken');
      assert.equal(await effects(key()), 1);
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
