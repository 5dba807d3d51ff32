import assert from 'node:assert/strict';
import { type Probe, type StoreRule, times } from './store-probe.ts';

/** Pairs that a collation, a trim, a type affinity or a pattern would take for one. */
const LOOKALIKES: readonly string[] = [
  ...['a', 'A', 'a ', ' a', 'a\t', 'a_b', 'a%b', 'a*b', 'a?b', 'a\\b', "a'b", 'a"b'],
  ...['a|b', 'a||b', 'a|b|', 'a%7Cb', 'a%7cb', 'a%25b', 'a+b', 'a%20b', 'a b'],
  ...['\u00e9', 'e\u0301', 'e', '\u212a', 'K', 'k', '\u00df', 'ss', '\ufb01', 'fi', '\u{1f600}', '\u{1f601}'],
  ...['10', '1e1', '010', '10.0', 'null', `${'x'.repeat(150)}1`, `${'x'.repeat(150)}2`],
];

/** What a record keeps beside its state: its key, the fingerprint, the outcome, the answer; and how it goes away. */
export const recordChecks: readonly StoreRule[] = [
  {
    name: 'keys are byte-exact',
    async check({ attempt, key }) {
      const attempts = LOOKALIKES.map((name) => attempt(key(name)));
      for (const each of attempts) {
        assert.equal((await each.mustClaim()).attempt, 1, `${each.key} is a key of its own`);
      }
      const [completed, ...others] = attempts;
      await completed?.mustComplete();
      for (const other of others) await attempt(other.key).mustFindBusy();
      await attempt(key(LOOKALIKES[0])).mustFindDone();
    },
  },
  {
    name: 'the fingerprint is returned, busy and done',
    async check({ attempt, key }) {
      const owner = attempt(key());
      await owner.mustClaim({ fingerprint: 'f1' });
      assert.equal((await attempt(key()).mustFindBusy()).fingerprint, 'f1', 'of a busy key');
      await owner.mustComplete();
      assert.equal((await attempt(key()).mustFindDone()).fingerprint, 'f1', 'of a done key');
      const bare = attempt(key('bare'));
      await bare.mustClaim();
      assert.equal((await attempt(bare.key).mustFindBusy()).fingerprint, undefined, 'where none was given');
      await bare.mustComplete();
      assert.equal((await attempt(bare.key).mustFindDone()).fingerprint, undefined, 'where none was given');
    },
  },
  {
    name: 'the outcome of a completion is returned',
    async check({ attempt, key }) {
      const ok = attempt(key('ok'));
      await ok.mustClaim();
      await ok.mustComplete();
      assert.equal(
        (await attempt(ok.key).mustFindDone()).outcome,
        'ok',
        'a completion that names none is ok',
      );
      const rejected = attempt(key('rejected'));
      await rejected.mustClaim();
      await rejected.mustComplete({ outcome: 'rejected' });
      assert.equal((await attempt(rejected.key).mustFindDone()).outcome, 'rejected', 'as it was given');
    },
  },
  {
    name: 'the response of a completion is returned',
    async check({ attempt, key }) {
      const response = {
        status: 202,
        contentType: 'text/plain; charset=utf-8',
        body: '{"\u00e9":"\u{1f600}\\n\'"}\n',
      };
      const full = attempt(key('full'));
      await full.mustClaim();
      await full.mustComplete({ response });
      assert.deepEqual({ ...(await attempt(full.key).mustFindDone()).response }, response, 'as it was given');
      const empty = attempt(key('empty'));
      await empty.mustClaim();
      await empty.mustComplete({ response: { status: 200, body: '' } });
      const { response: bare } = await attempt(empty.key).mustFindDone();
      assert.equal(bare?.status, 200, 'an empty answer is an answer');
      assert.equal(bare?.body, '', 'and its body is empty');
      assert.equal(bare?.contentType, undefined, 'a content type is not made up');
      const none = attempt(key('none'));
      await none.mustClaim();
      await none.mustComplete();
      assert.equal((await attempt(none.key).mustFindDone()).response, undefined, 'where none was given');
    },
  },
  {
    name: 'forget, where a store has it, frees a key in any state',
    async check({ attempt, key, store }) {
      if (store.forget === undefined) return;
      const done = attempt(key('done'));
      await done.mustClaim();
      await done.mustComplete();
      assert.equal(await store.forget(done.key), true, 'there was something to forget');
      await attempt(done.key).mustClaim();
      const running = attempt(key('running'));
      await running.mustClaim();
      assert.equal(await store.forget(running.key), true, 'there was something to forget');
      assert.equal(await running.complete(), false, 'who held a forgotten key has lost it');
      await attempt(running.key).mustClaim();
      assert.equal(await store.forget(key('unknown')), false, 'there was nothing to forget');
      await attempt(done.key).mustFindBusy();
    },
  },
  {
    name: 'purge, where a store has it, removes what has expired and nothing else',
    async check(probe) {
      if (probe.store.purge === undefined) return;
      const { attempt, key } = probe;
      const done = attempt(key('done'));
      await done.mustClaim();
      await done.mustComplete();
      const free = attempt(key('free'));
      await free.mustClaim();
      await free.mustRelease();
      const running = attempt(key('running'));
      await running.mustClaim({ retention: 1 });
      await purgeSome(probe);
      await attempt(done.key).mustFindDone();
      assert.equal((await attempt(free.key).mustClaim()).attempt, 2, 'what was released is not forgotten');
      await attempt(running.key).mustFindBusy();
      await running.mustComplete();
    },
  },
];

/** Tried more than once: on a shared store, somebody else's purge may be quicker. */
async function purgeSome({ attempt, key, outlast, short, store }: Probe): Promise<void> {
  for (const round of times(5)) {
    for (const index of times(3)) {
      const expired = attempt(key(`expired-${round}-${index}`));
      await expired.mustClaim();
      await expired.mustComplete({ retentionMs: short });
    }
    await outlast();
    const some = (await store.purge?.({ limit: 2 })) as number;
    assert.ok([0, 1, 2].includes(some), `purge({ limit: 2 }) says that it removed ${some}`);
    const rest = (await store.purge?.()) as number;
    assert.ok(Number.isSafeInteger(rest) && rest >= 0, `purge() says that it removed ${rest}`);
    if (some + rest > 0) return;
  }
  assert.fail('purge should remove what has expired');
}
