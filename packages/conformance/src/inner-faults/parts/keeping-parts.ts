import { type DedupStore, memoryStore } from '@countersign/core';
import type { Setup } from '../setup.ts';
import { stories } from '../stories.ts';
import type { Strike } from '../strike.ts';
import { leasing, NOW_OR_LATER, type Part, transacting } from './part.ts';

type Verb = 'claim' | 'complete' | 'release' | 'extend';

/** A verb of the store, at one of the victim's calls. */
const verb =
  (name: Verb, call?: number) =>
  (strike: Strike): Setup => ({
    store: (store) => ({ ...store, [name]: strike(store[name] as () => unknown, call) }),
  });

const first = (name: Verb) => verb(name, 1);

/** A route has no items, and its effects are there before it settles. */
const unopened = ['receive', 'handle', 'fetch', 'gate'] as const;

export const leaseParts: readonly Part[] = leasing([
  { name: 'claim', install: first('claim') },
  { name: 'claim, of the second key', story: stories.guarded, install: verb('claim', 2) },
  {
    name: 'claim, of one that waits',
    story: stories.waiting,
    ways: ['receive', 'handle', 'fetch'],
    install: verb('claim', 2),
  },
  {
    name: "claim, under onStoreError 'process'",
    story: stories.reckless,
    ways: ['receive', 'handle', 'fetch', 'open'],
    install: first('claim'),
  },
  { name: 'complete', install: first('complete') },
  {
    name: 'complete, every time',
    kinds: ['rejects', 'hangs', 'acts, then throws', 'acts late'],
    install: verb('complete'),
  },
  { name: 'complete, of the second key', story: stories.guarded, install: first('complete') },
  {
    name: 'complete, of what is given up',
    story: stories.permanent,
    ways: unopened,
    install: first('complete'),
  },
  { name: 'release', story: stories.failing, install: first('release') },
  { name: 'extend, at one beat', story: stories.long, ways: unopened, install: first('extend') },
  { name: 'extend, at every beat', story: stories.long, ways: unopened, install: verb('extend') },
  {
    name: 'extend, before it is given up',
    story: stories.permanent,
    ways: unopened,
    install: first('extend'),
  },
  { name: 'claim, of an item', story: stories.batch, ways: unopened, install: verb('claim', 2) },
  { name: 'complete, of an item', story: stories.batch, ways: unopened, install: first('complete') },
  { name: 'release, of an item', story: stories.brokenBatch, ways: unopened, install: first('release') },
  {
    name: "the memory store's clock",
    kinds: ['throws', 'answers'],
    install: (strike) => ({ memory: { now: strike(Date.now, 1) } }),
  },
  {
    name: "the memory store's onEvict",
    kinds: NOW_OR_LATER,
    install: (strike) => ({ store: () => crowded(strike) }),
  },
]);

/** A store that has to forget something for every claim. */
function crowded(strike: Strike): DedupStore {
  const store = memoryStore({ maxEntries: 4, onEvict: strike(() => {}) });
  const old = { token: 'old', leaseMs: 1e6, retentionMs: 1e6 };
  for (const key of ['a', 'b', 'c', 'd']) {
    void store.claim(key, old);
    void store.complete(key, old);
  }
  return store;
}

type SessionVerb = 'take' | 'drop' | 'keep';

const inSession =
  (name: SessionVerb, call = 1) =>
  (strike: Strike): Setup => ({
    transactional: (store) => ({
      ...store,
      transaction(work, operation) {
        return store.transaction(
          (session) => work({ ...session, [name]: strike(session[name] as () => unknown, call) }),
          operation,
        );
      },
    }),
  });

export const transactionParts: readonly Part[] = transacting([
  {
    name: 'transaction',
    install: (strike) => ({
      transactional: (store) => ({ ...store, transaction: strike(store.transaction, 1) as never }),
    }),
  },
  { name: 'take', install: inSession('take') },
  { name: 'take, of the second key', story: stories.guarded, install: inSession('take', 2) },
  { name: 'take, of an item', story: stories.batch, install: inSession('take', 2) },
  { name: 'drop', story: stories.replayRefused, install: inSession('drop') },
  { name: 'drop, of an item', story: stories.brokenBatch, install: inSession('drop') },
  { name: 'keep', story: stories.replying, install: inSession('keep') },
  {
    name: 'tx',
    kinds: ['throws'],
    install: (strike) => ({
      transactional: (store) => ({
        ...store,
        transaction: (work, operation) =>
          store.transaction(
            (session) =>
              work(Object.defineProperty({ ...session }, 'tx', { get: strike(() => session.tx, 1) })),
            operation,
          ),
      }),
    }),
  },
  {
    name: 'commit',
    kinds: ['throws', 'rejects', 'acts late', 'rejects late'],
    install: (strike) => ({ steps: { commit: strike(() => {}, 1) } }),
  },
  {
    name: 'commit, after it is done',
    kinds: ['throws', 'rejects', 'rejects late'],
    install: (strike) => ({ steps: { committed: strike(() => {}, 1) } }),
  },
  {
    name: 'fail',
    story: stories.failing,
    install: (strike) => ({ transactional: (store) => ({ ...store, fail: strike(store.fail, 1) }) }),
  },
  {
    name: 'reject',
    story: stories.permanent,
    install: (strike) => ({ transactional: (store) => ({ ...store, reject: strike(store.reject, 1) }) }),
  },
]);
