import assert from 'node:assert/strict';
import { times } from './store-probe.ts';
import type { TransactionalRule } from './transactional-probe.ts';

/** Who gets a key, and what the others are told. */
export const takingChecks: readonly TransactionalRule[] = [
  {
    name: 'what was committed is done',
    async check({ deliver, effects, key, mustFindDone }) {
      const result = await deliver(key());
      assert.deepEqual(result, { status: 'taken', attempt: 1 });
      assert.equal((await mustFindDone(key())).outcome, 'ok');
      assert.equal((await deliver(key())).status, 'done', 'a duplicate has no effect');
      assert.equal(await effects(key()), 1);
      assert.equal((await deliver(key('another'))).status, 'taken');
    },
  },
  {
    name: 'what is done is so for every duplicate, also when they come at once',
    async check({ deliver, effects, key, mustTake }) {
      await mustTake(key());
      const results = await Promise.all(times(32).map(() => deliver(key())));
      const others = results.filter(({ status }) => status !== 'done');
      assert.deepEqual(others, [], 'no attempt is running that could still fail');
      assert.equal(await effects(key()), 0);
    },
  },
  {
    name: 'while a transaction is open its key is busy, and nobody waits for it',
    async check({ effects, hold, key, mustFindBusy, mustFindDone, mustTake }) {
      const open = await hold(key());
      for (const _ of times(3)) {
        const { retryAfterMs } = await mustFindBusy(key());
        assert.ok(Number.isFinite(retryAfterMs) && retryAfterMs > 0, `retryAfterMs is ${retryAfterMs}`);
      }
      await mustTake(key('another'));
      await open.commit();
      await mustFindDone(key());
      assert.equal(await effects(key()), 1);
    },
  },
  {
    name: 'of 32 deliveries at once one has an effect, 10 times',
    async check({ deliver, effects, key }) {
      for (const round of times(10)) {
        const each = key(`${round}`);
        const results = await Promise.all(times(32).map(() => deliver(each)));
        const statuses = results.map(({ status }) => status);
        assert.equal(statuses.filter((status) => status === 'taken').length, 1, 'one is to take it');
        assert.equal(await effects(each), 1, 'one is to have an effect');
      }
    },
  },
  {
    name: 'of 32 deliveries of a failed event at once one has an effect',
    async check({ deliver, effects, fail, key }) {
      await fail(key());
      const results = await Promise.all(times(32).map(() => deliver(key())));
      const taken = results.filter(({ status }) => status === 'taken');
      assert.deepEqual(taken, [{ status: 'taken', attempt: 2 }]);
      assert.equal(await effects(key()), 1, 'one is to have an effect');
    },
  },
  {
    name: 'what is done stays as it was first recorded',
    async check({ key, mustFindDone, mustTake, take }) {
      await mustTake(key(), { fingerprint: 'f1' });
      const again = await take(key(), { fingerprint: 'f2' });
      assert.equal(again.status === 'done' && again.fingerprint, 'f1', 'the fingerprint of the first');
      assert.equal((await mustFindDone(key())).fingerprint, 'f1');
      await mustTake(key('bare'));
      assert.equal((await mustFindDone(key('bare'))).fingerprint, undefined, 'where none was given');
    },
  },
  {
    name: 'a transaction finds what it has taken itself done',
    async check({ key, long, store }) {
      await store.transaction(async ({ take }) => {
        assert.equal((await take(key(), { retentionMs: long })).status, 'taken');
        assert.equal((await take(key(), { retentionMs: long })).status, 'done');
      });
    },
  },
  {
    name: 'a transaction takes several keys, but for those that others have',
    async check({ hold, key, long, mustFindDone, mustTake, store }) {
      await mustTake(key('done'));
      const open = await hold(key('busy'));
      const statuses = await store.transaction(async ({ take }) => {
        const found = [];
        for (const name of ['one', 'done', 'busy', 'two']) {
          found.push((await take(key(name), { retentionMs: long })).status);
        }
        return found;
      });
      assert.deepEqual(statuses, ['taken', 'done', 'busy', 'taken']);
      await open.commit();
      for (const name of ['one', 'done', 'busy', 'two']) await mustFindDone(key(name));
    },
  },
  {
    name: 'when a retention is over the key is as new',
    async check({ deliver, effects, fail, key, mustTake, outlast, short }) {
      await fail(key());
      await mustTake(key(), { retention: short });
      await outlast();
      const results = await Promise.all(times(16).map(() => deliver(key())));
      assert.deepEqual(
        results.filter(({ status }) => status === 'taken'),
        [{ status: 'taken', attempt: 1 }],
      );
      assert.equal(await effects(key()), 1, 'one is to have an effect');
    },
  },
  {
    name: 'what a transaction drops is free when it commits, and the rest of it is not lost',
    async check({ effect, effects, key, long, mustTake, store, take }) {
      await store.transaction(async (session) => {
        await session.take(key(), { retentionMs: long });
        await session.take(key('kept'), { retentionMs: long });
        await effect(session.tx, key());
        await session.drop(key());
        const found = await take(key());
        assert.equal(found.status, 'busy', 'until then nobody else gets it');
      });
      assert.equal(await effects(key()), 1);
      assert.equal((await take(key('kept'))).status, 'done');
      assert.equal(await mustTake(key()), 1, 'this was no attempt');
    },
  },
  {
    name: 'what is dropped keeps its count of attempts',
    async check({ fail, key, long, mustTake, store }) {
      await fail(key());
      await fail(key());
      await store.transaction(async ({ drop, take }) => {
        await take(key(), { retentionMs: long });
        await drop(key());
      });
      assert.equal(await mustTake(key()), 3);
    },
  },
  {
    name: 'what somebody else recorded can be neither dropped nor given an answer',
    async check({ key, long, mustFindDone, mustTake, store }) {
      await mustTake(key());
      await store.transaction(async ({ drop, keep, take }) => {
        await take(key(), { retentionMs: long });
        await drop(key());
        await keep(key(), { status: 202, body: 'other' });
        await drop(key('unknown'));
      });
      assert.equal((await mustFindDone(key())).response, undefined);
    },
  },
];
