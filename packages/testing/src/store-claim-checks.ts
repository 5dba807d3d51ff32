import assert from 'node:assert/strict';
import { type StoreRule, times } from './store-probe.ts';

/** Who gets a key: the first, one of many, the next after a release, the next after a lease. */
export const claimChecks: readonly StoreRule[] = [
  {
    name: 'the first claim of a key succeeds, and a second one does not',
    async check({ attempt, key }) {
      const claimed = await attempt(key()).mustClaim();
      assert.equal(claimed.attempt, 1, 'it is the first attempt');
      assert.equal(claimed.takeover, false, 'nobody was there before');
      assert.ok(
        Number.isSafeInteger(claimed.fence) && claimed.fence > 0,
        'a fence is a whole number above 0',
      );
      await attempt(key()).mustFindBusy();
      await attempt(key('another')).mustClaim();
    },
  },
  {
    name: 'of 32 claims at once one succeeds, 20 times',
    async check({ key, race }) {
      for (const round of times(20)) await race(key(`${round}`), 32);
    },
  },
  {
    name: 'busy says how much of the lease is left',
    async check({ attempt, key, long }) {
      await attempt(key()).mustClaim();
      const { retryAfterMs } = await attempt(key()).mustFindBusy();
      assert.ok(
        retryAfterMs > 0 && retryAfterMs <= long,
        `retryAfterMs is ${retryAfterMs} in a lease of ${long}`,
      );
    },
  },
  {
    name: 'a claim that comes again under its own token succeeds again and changes nothing',
    async check({ attempt, key }) {
      const owner = attempt(key());
      const first = await owner.mustClaim();
      const again = await owner.mustClaim();
      assert.equal(again.fence, first.fence, 'the fence stays');
      assert.equal(again.attempt, first.attempt, 'the attempt stays');
      assert.equal(again.takeover, false, 'nobody takes over from himself');
      await attempt(key()).mustFindBusy();
    },
  },
  {
    name: 'a released key is free at once, for attempt 2 under a higher fence',
    async check({ attempt, key }) {
      const failed = attempt(key());
      const first = await failed.mustClaim();
      await failed.mustRelease();
      const second = await attempt(key()).mustClaim();
      assert.equal(second.attempt, 2, 'attempts are counted');
      assert.ok(second.fence > first.fence, 'the fence grows');
      assert.equal(second.takeover, false, 'the first attempt said that it ended');
      await attempt(key()).mustFindBusy();
    },
  },
  {
    name: 'a released key remembers its attempts beyond the lease',
    async check({ attempt, key, outlast, short }) {
      const failed = attempt(key());
      const first = await failed.mustClaim({ lease: short });
      await failed.mustRelease();
      await outlast();
      const second = await attempt(key()).mustClaim();
      assert.equal(second.attempt, 2, 'attempts are counted');
      assert.ok(second.fence > first.fence, 'the fence grows');
      assert.equal(second.takeover, false, 'the first attempt said that it ended');
    },
  },
  {
    name: 'when a lease is over the next claim takes over, under a higher fence',
    async check({ attempt, key, outlast, short }) {
      const first = await attempt(key()).mustClaim({ lease: short });
      await outlast();
      const second = await attempt(key()).mustClaim();
      assert.equal(second.takeover, true, 'the new owner must know that somebody was there');
      assert.equal(second.attempt, 2, 'attempts are counted');
      assert.ok(second.fence > first.fence, 'the fence grows');
      await attempt(key()).mustFindBusy();
    },
  },
  {
    name: 'a duplicate does not prolong a live lease',
    async check({ attempt, key, outlast, short }) {
      // On a slow machine the lease is over before the duplicate comes: then the next round has a longer one.
      for (const factor of [1, 4, 16, 64]) {
        const owner = attempt(key(`${factor}`));
        await owner.mustClaim({ lease: short * factor });
        if ((await attempt(owner.key).claim()).status !== 'busy') continue;
        await outlast(factor);
        const next = await attempt(owner.key).mustClaim();
        assert.equal(next.takeover, true, 'the lease ended when its owner had asked it to');
        return;
      }
      assert.fail('a claim under a live lease should be answered with "busy"');
    },
  },
  {
    name: 'of 32 takeovers at once one succeeds, 10 times',
    async check({ attempt, key, outlast, race, short }) {
      const keys = times(10).map((round) => key(`${round}`));
      await Promise.all(keys.map((each) => attempt(each).mustClaim({ lease: short })));
      await outlast();
      for (const each of keys) {
        const winner = await race(each, 32);
        assert.equal(winner.takeover, true, 'the new owner must know that somebody was there');
      }
    },
  },
  {
    name: 'attempts and fences grow through every release and takeover',
    async check({ attempt, key, outlast, short }) {
      let fence = 0;
      for (const round of times(5)) {
        const each = attempt(key());
        const claimed = await each.mustClaim({ lease: short });
        assert.equal(claimed.attempt, round + 1, 'attempts are counted');
        assert.ok(claimed.fence > fence, 'the fence grows');
        fence = claimed.fence;
        if (round % 2 === 0) await each.mustRelease();
        else await outlast();
      }
    },
  },
  {
    name: 'when a retention is over, of 16 claims at once one succeeds',
    async check({ attempt, key, outlast, race, short }) {
      const owner = attempt(key());
      await owner.mustClaim();
      await owner.mustComplete({ retentionMs: short });
      await outlast();
      await race(owner.key, 16);
    },
  },
  {
    name: 'a retention shorter than the lease does not free a live lease',
    async check({ attempt, key, outlast }) {
      const owner = attempt(key());
      await owner.mustClaim({ retention: 1 });
      await outlast();
      await attempt(key()).mustFindBusy();
      await owner.mustExtend();
      await outlast();
      await attempt(key()).mustFindBusy();
      await owner.mustComplete();
    },
  },
];
