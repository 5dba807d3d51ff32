import assert from 'node:assert/strict';
import type { Attempt, Probe, StoreRule } from './store-probe.ts';

/** A key in the hands of its second owner, and the first one, who does not know. */
async function takeOver({
  attempt,
  key,
  outlast,
  short,
}: Probe): Promise<{ stale: Attempt; owner: Attempt }> {
  const stale = attempt(key());
  await stale.mustClaim({ lease: short });
  await outlast();
  const owner = attempt(key());
  await owner.mustClaim();
  return { stale, owner };
}

/** Who may complete, release and extend: the owner, even when late; nobody else, ever. */
export const settleChecks: readonly StoreRule[] = [
  {
    name: 'a completed key is done, for every token',
    async check({ attempt, key }) {
      const owner = attempt(key());
      await owner.mustClaim();
      await owner.mustComplete();
      await attempt(key()).mustFindDone();
      await owner.mustFindDone();
    },
  },
  {
    name: 'a completed key stays done beyond its lease',
    async check({ attempt, key, outlast, short }) {
      const owner = attempt(key());
      await owner.mustClaim({ lease: short });
      await owner.mustComplete();
      await outlast();
      await attempt(key()).mustFindDone();
    },
  },
  {
    name: 'a completion that comes again succeeds again',
    async check({ attempt, key }) {
      const owner = attempt(key());
      await owner.mustClaim();
      await owner.mustComplete();
      await owner.mustComplete();
      await attempt(key()).mustFindDone();
    },
  },
  {
    name: 'a completion that comes again changes nothing',
    async check({ attempt, key, outlast, short }) {
      const response = { status: 200, body: 'first' };
      const owner = attempt(key());
      await owner.mustClaim();
      await owner.mustComplete({ response });
      await owner.mustComplete({
        outcome: 'rejected',
        response: { ...response, body: 'again' },
        retentionMs: short,
      });
      await outlast();
      const found = await attempt(key()).mustFindDone();
      assert.equal(found.outcome, 'ok', 'the first outcome stays');
      assert.equal(found.response?.body, 'first', 'and so does the first answer');
    },
  },
  {
    name: 'a duplicate does not change how long a done record is kept',
    async check({ attempt, key, outlast, short }) {
      const kept = attempt(key('kept'));
      await kept.mustClaim();
      await kept.mustComplete();
      assert.equal((await attempt(kept.key).claim({ lease: 1, retention: 1 })).status, 'done');
      await outlast();
      await attempt(kept.key).mustFindDone();
      // On a slow machine the record is over before the duplicate comes: then the next one is kept for longer.
      for (const factor of [1, 4, 16, 64]) {
        const owner = attempt(key(`${factor}`));
        await owner.mustClaim();
        await owner.mustComplete({ retentionMs: short * factor });
        if ((await attempt(owner.key).claim()).status !== 'done') continue;
        await outlast(factor);
        assert.equal((await attempt(owner.key).mustClaim()).attempt, 1, 'its retention is over');
        return;
      }
      assert.fail('what is done should be answered with "done"');
    },
  },
  {
    name: 'a late completion is accepted when nobody took over',
    async check({ attempt, key, outlast, short }) {
      const late = attempt(key());
      await late.mustClaim({ lease: short });
      await outlast();
      await late.mustComplete();
      await attempt(key()).mustFindDone();
    },
  },
  {
    name: 'a release that comes again succeeds again',
    async check({ attempt, key }) {
      const failed = attempt(key());
      await failed.mustClaim();
      await failed.mustRelease();
      await failed.mustRelease();
      assert.equal((await attempt(key()).mustClaim()).attempt, 2, 'it was released once');
    },
  },
  {
    name: 'what was released cannot be completed',
    async check({ attempt, key }) {
      const failed = attempt(key());
      await failed.mustClaim();
      await failed.mustRelease();
      assert.equal(await failed.complete(), false, 'it has been given back');
      const next = await attempt(key()).mustClaim();
      assert.equal(next.attempt, 2, 'it was free, and its attempts are counted');
      assert.equal(next.takeover, false, 'the first attempt said that it ended');
    },
  },
  {
    name: 'what is done cannot be released',
    async check({ attempt, key }) {
      const owner = attempt(key());
      await owner.mustClaim();
      await owner.mustComplete();
      assert.equal(await owner.release(), false, 'not even by its owner');
      await attempt(key()).mustFindDone();
    },
  },
  {
    name: 'extend holds a lease',
    async check({ attempt, key, outlast, short }) {
      const owner = attempt(key());
      await owner.mustClaim({ lease: short });
      await owner.mustExtend();
      await outlast();
      await attempt(key()).mustFindBusy();
      await owner.mustComplete();
    },
  },
  {
    name: 'an extension keeps the record beyond a short retention',
    async check({ attempt, key, outlast, short }) {
      // On a slow machine the record is over before the extension comes: then the next one has longer.
      for (const factor of [1, 4, 16, 64]) {
        const owner = attempt(key(`${factor}`));
        await owner.mustClaim({ lease: short * factor, retention: 1 });
        if (!(await owner.extend())) continue;
        await outlast(factor);
        await attempt(owner.key).mustFindBusy();
        await owner.mustComplete();
        return;
      }
      assert.fail('the owner of a key should be able to extend it');
    },
  },
  {
    name: 'what is settled cannot be extended',
    async check({ attempt, key }) {
      const completed = attempt(key('completed'));
      await completed.mustClaim();
      await completed.mustComplete();
      assert.equal(await completed.extend(), false, 'it is done');
      const released = attempt(key('released'));
      await released.mustClaim();
      await released.mustRelease();
      assert.equal(await released.extend(), false, 'it has been given back');
    },
  },
  {
    name: 'an extension that arrives after the end revives nothing',
    async check({ attempt, key }) {
      const completed = attempt(key('completed'));
      await completed.mustClaim();
      await completed.mustComplete();
      await completed.extend();
      await attempt(completed.key).mustFindDone();
      const released = attempt(key('released'));
      await released.mustClaim();
      await released.mustRelease();
      await released.extend();
      assert.equal((await attempt(released.key).mustClaim()).takeover, false, 'it was free');
    },
  },
  {
    name: 'a stale owner cannot complete',
    async check(probe) {
      const { stale, owner } = await takeOver(probe);
      assert.equal(await stale.complete(), false, 'its claim was taken over');
      await probe.attempt(stale.key).mustFindBusy();
      await owner.mustComplete();
      assert.equal(await stale.complete(), false, 'nor can it when the new owner is done');
    },
  },
  {
    name: 'a stale owner cannot release',
    async check(probe) {
      const { stale, owner } = await takeOver(probe);
      assert.equal(await stale.release(), false, 'its claim was taken over');
      await probe.attempt(stale.key).mustFindBusy();
      await owner.mustComplete();
      assert.equal(await stale.release(), false, 'nor can it when the new owner is done');
      await probe.attempt(stale.key).mustFindDone();
    },
  },
  {
    name: 'a stale owner cannot extend',
    async check(probe) {
      const { stale, owner } = await takeOver(probe);
      assert.equal(await stale.extend(1), false, 'its claim was taken over');
      await probe.outlast();
      await probe.attempt(stale.key).mustFindBusy();
      await owner.mustComplete();
      assert.equal(await stale.extend(), false, 'nor can it when the new owner is done');
      await probe.attempt(stale.key).mustFindDone();
    },
  },
  {
    name: 'a key that nobody claimed can be neither completed nor released nor extended',
    async check({ attempt, key }) {
      const stranger = attempt(key());
      assert.equal(await stranger.complete(), false, 'it cannot be completed');
      assert.equal(await stranger.release(), false, 'it cannot be released');
      assert.equal(await stranger.extend(), false, 'it cannot be extended');
      assert.equal((await attempt(key()).mustClaim()).attempt, 1, 'none of this leaves a trace');
    },
  },
];
