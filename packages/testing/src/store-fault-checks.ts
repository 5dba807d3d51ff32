import assert from 'node:assert/strict';
import { createGate, type GateOutcome } from '@countersign/core';
import type { StoreRule } from './store-probe.ts';

const lost = /injected fault: the reply to/;

/** Asks until it is answered as it should be, a hundred times at most. */
async function comeAgain(
  run: () => Promise<GateOutcome<unknown>>,
  status: GateOutcome<unknown>['status'],
  pause: number,
): Promise<void> {
  let found: string | undefined;
  for (let tries = 0; tries < 100; tries++) {
    found = (await run()).status;
    if (found === status) return;
    await new Promise((resolve) => setTimeout(resolve, Math.max(pause, 30)));
  }
  assert.equal(found, status, `when the sender comes again the event should be "${status}"`);
}

/**
 * A verb whose reply got lost is sent again, by a client or by the gate: it must be answered as if it had been sent
 * once. And an operation that arrives late must not do what is no longer its to do.
 */
export const faultChecks: readonly StoreRule[] = [
  {
    name: 'a claim whose reply was lost is still its own when it is sent again',
    async check({ behind }) {
      const { attempt, key } = behind({ verb: 'claim', call: 1, fault: 'reply-lost' });
      const owner = attempt(key());
      await assert.rejects(owner.claim(), lost);
      const claimed = await owner.mustClaim();
      assert.equal(claimed.attempt, 1, 'it was one attempt');
      assert.equal(claimed.takeover, false, 'nobody takes over from himself');
      await attempt(key()).mustFindBusy();
      await owner.mustComplete();
    },
  },
  {
    name: 'a completion whose reply was lost succeeds when it is sent again',
    async check({ behind }) {
      const { attempt, key } = behind({ verb: 'complete', call: 1, fault: 'reply-lost' });
      const owner = attempt(key());
      await owner.mustClaim();
      await assert.rejects(owner.complete(), lost);
      await attempt(key()).mustFindDone();
      await owner.mustComplete();
      await attempt(key()).mustFindDone();
    },
  },
  {
    name: 'a release whose reply was lost succeeds when it is sent again',
    async check({ behind }) {
      const { attempt, key } = behind({ verb: 'release', call: 1, fault: 'reply-lost' });
      const failed = attempt(key());
      await failed.mustClaim();
      await assert.rejects(failed.release(), lost);
      await failed.mustRelease();
      assert.equal((await attempt(key()).mustClaim()).attempt, 2, 'it was released once');
      assert.equal(await failed.release(), false, 'now it is somebody else who has it');
      await attempt(key()).mustFindBusy();
    },
  },
  {
    name: 'an extension whose reply was lost succeeds when it is sent again',
    async check({ behind }) {
      const { attempt, key, outlast } = behind({ verb: 'extend', call: 1, fault: 'reply-lost' });
      const owner = attempt(key());
      await owner.mustClaim();
      await assert.rejects(owner.extend(), lost);
      await owner.mustExtend();
      await outlast();
      await attempt(key()).mustFindBusy();
      await owner.mustComplete();
    },
  },
  {
    name: 'a claim that arrives late does not get what is done by then',
    async check({ behind, short }) {
      const { attempt, key } = behind({ verb: 'claim', call: 2, fault: 'delayed', ms: short });
      const owner = attempt(key());
      await owner.mustClaim();
      const late = attempt(key()).mustFindDone();
      await owner.mustComplete();
      await late;
    },
  },
  {
    name: 'a release that arrives late does not free what is done by then',
    async check({ behind, short }) {
      const { attempt, key } = behind({ verb: 'release', call: 1, fault: 'delayed', ms: short });
      const owner = attempt(key());
      await owner.mustClaim();
      const late = owner.release();
      await owner.mustComplete();
      assert.equal(await late, false, 'its owner has completed it');
      await attempt(key()).mustFindDone();
    },
  },
  {
    name: 'a gate whose claim was lost on the way back runs the event when the sender comes again',
    async check({ behind, short }) {
      const { key, store } = behind({ verb: 'claim', call: 1, fault: 'reply-lost' });
      const gate = createGate({ store, deadline: 5000 });
      let runs = 0;
      const run = () => gate.run(key(), () => ++runs);
      assert.equal((await run()).status, 'unavailable', 'nobody knows whether it was claimed');
      assert.equal(runs, 0);
      await comeAgain(run, 'ran', short);
      assert.equal(runs, 1);
      assert.equal((await run()).status, 'done');
    },
  },
  {
    name: 'a gate whose completion was refused has it recorded all the same',
    async check({ behind, short }) {
      // Not a lost reply: nothing may be asked of the store in the background once this check is over.
      const { key, store } = behind({ verb: 'complete', call: 1, fault: 'refused' });
      const gate = createGate({ store, deadline: 5000 });
      let runs = 0;
      const run = () => gate.run(key(), () => ++runs);
      assert.equal((await run()).status, 'ran', 'the effect exists');
      await comeAgain(run, 'done', short);
      assert.equal(runs, 1);
    },
  },
];
