import assert from 'node:assert/strict';
import { Latch } from './adapter-suite/latch.ts';
import type { TransactionalRule } from './transactional-probe.ts';

/** What becomes of a transaction whose connection is lost, and of the connections of all others. */
export const lossChecks: readonly TransactionalRule[] = [
  {
    name: 'when the connection is lost nothing is committed, and the next attempt runs',
    needs: ['kill'],
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
    needs: ['killUnderStatement'],
    async check({ deliver, effects, key, killUnderStatement }) {
      await assert.rejects(deliver(key(), ({ tx }) => killUnderStatement(tx)));
      assert.equal(await effects(key()), 0);
      assert.equal((await deliver(key())).status, 'taken');
      assert.equal(await effects(key()), 1);
    },
  },
  {
    name: 'when the connection is lost before the commit nothing is committed',
    needs: ['kill'],
    async check({ deliver, effects, key, kill }) {
      await assert.rejects(deliver(key(), ({ tx }) => kill(tx)));
      assert.equal(await effects(key()), 0);
      assert.equal((await deliver(key())).status, 'taken');
      assert.equal(await effects(key()), 1);
    },
  },
  {
    name: 'when the connection is lost the work is blamed for what it threw, if it was asked',
    needs: ['kill'],
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
    needs: ['kill'],
    async check({ deliver, effect, effects, key, kill, outlast }) {
      const over = new Latch();
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
    needs: ['kill'],
    async check({ deliver, effects, hold, key, kill, outlast }) {
      const lost = new Latch();
      const go = new Latch();
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
      for (const other of others) await assert.doesNotReject(other.commit(), 'nobody else has lost anything');
      await settled;
      for (const name of names) {
        assert.equal((await deliver(name)).status, 'done');
        assert.equal(await effects(name), 1);
      }
    },
  },
  {
    name: 'connections come back, whatever became of them',
    needs: ['breakStatement', 'breakCommit', 'kill'],
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
];
