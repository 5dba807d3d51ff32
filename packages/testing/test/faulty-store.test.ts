import { type DedupStore, memoryStore } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import { faultyStore, type StoreFault, type StoreVerb } from '../src/faulty-store.ts';

const owner = { token: 'owner', leaseMs: 60_000, retentionMs: 60_000 };
const other = { ...owner, token: 'other' };

/** What each verb does, and how somebody else can tell that it was done. */
const verbs: Readonly<Record<StoreVerb, (store: DedupStore) => Promise<unknown>>> = {
  claim: (store) => store.claim('key', owner),
  complete: (store) => store.complete('key', owner),
  release: (store) => store.release('key', owner),
  extend: (store) => store.extend('key', { ...owner, leaseMs: 120_000 }),
  forget: async (store) => store.forget?.('key'),
  purge: async (store) => store.purge?.(),
};

async function traceOf(inner: DedupStore): Promise<string> {
  const found = await inner.claim('key', other);
  if (found.status === 'busy') return found.retryAfterMs > 60_000 ? 'extended' : 'busy';
  return found.status === 'claimed' ? `claimed ${found.attempt}` : found.status;
}

const traces: readonly (readonly [StoreVerb, string, string])[] = [
  ['claim', 'claimed 1', 'busy'],
  ['complete', 'busy', 'done'],
  ['release', 'busy', 'claimed 2'],
  ['extend', 'busy', 'extended'],
  ['forget', 'busy', 'claimed 1'],
];

describe('a faulty store', () => {
  it.each(traces)('refuses %s before it is done', async (verb, untouched) => {
    const inner = memoryStore();
    if (verb !== 'claim') await inner.claim('key', owner);
    const store = faultyStore(inner, [{ verb, fault: 'refused' }]);
    await expect(verbs[verb](store)).rejects.toThrow(`injected fault: ${verb} (call 1) was refused`);
    expect(await traceOf(inner)).toBe(untouched);
  });

  it.each(traces)('loses the reply of %s after it is done', async (verb, _, done) => {
    const inner = memoryStore();
    if (verb !== 'claim') await inner.claim('key', owner);
    const store = faultyStore(inner, [{ verb, fault: 'reply-lost' }]);
    await expect(verbs[verb](store)).rejects.toThrow(`the reply to ${verb} (call 1) was lost`);
    expect(await traceOf(inner)).toBe(done);
  });

  it.each(traces)('delays %s, whoever still waits', async (verb, untouched, done) => {
    const inner = memoryStore();
    if (verb !== 'claim') await inner.claim('key', owner);
    const store = faultyStore(inner, [{ verb, fault: 'delayed', ms: 30 }]);
    const late = verbs[verb](store);
    if (verb !== 'claim') expect(await traceOf(inner)).toBe(untouched);
    await late;
    expect(await traceOf(inner)).toBe(done);
  });

  it('fails at the call that it was told, and counts each verb by itself', async () => {
    const plan: StoreFault[] = [
      { verb: 'claim', call: 2, fault: 'refused' },
      { verb: 'extend', call: 1, fault: 'reply-lost' },
    ];
    const store = faultyStore(memoryStore(), plan);
    await expect(verbs.claim(store)).resolves.toMatchObject({ status: 'claimed' });
    expect(store.injected).toEqual([]);
    await expect(verbs.extend(store)).rejects.toThrow('reply');
    await expect(verbs.claim(store)).rejects.toThrow('call 2');
    await expect(verbs.claim(store)).resolves.toMatchObject({ status: 'claimed' });
    await expect(verbs.extend(store)).resolves.toBe(true);
    expect(store.injected).toEqual([plan[1], plan[0]]);
  });

  it('fails every call when it is told none, by the first fault that fits', async () => {
    const store = faultyStore(memoryStore(), [
      { verb: 'claim', fault: 'refused' },
      { verb: 'claim', call: 2, fault: 'reply-lost' },
    ]);
    await expect(verbs.claim(store)).rejects.toThrow('refused');
    await expect(verbs.claim(store)).rejects.toThrow('refused');
  });

  it('has what the store has, and is asked as an object', async () => {
    const inner = memoryStore();
    class Bare implements DedupStore {
      readonly name = 'bare';
      readonly capabilities = inner.capabilities;
      readonly #inner = inner;
      claim(...request: Parameters<DedupStore['claim']>) {
        return this.#inner.claim(...request);
      }
      complete(...request: Parameters<DedupStore['complete']>) {
        return this.#inner.complete(...request);
      }
      release(...request: Parameters<DedupStore['release']>) {
        return this.#inner.release(...request);
      }
      extend(...request: Parameters<DedupStore['extend']>) {
        return this.#inner.extend(...request);
      }
    }
    const store = faultyStore(new Bare(), []);
    expect([store.name, store.capabilities]).toEqual(['bare', inner.capabilities]);
    expect(['forget', 'purge', 'close'].filter((method) => method in store)).toEqual([]);
    for (const verb of ['claim', 'extend', 'complete'] as const) await verbs[verb](store);
    expect(await traceOf(inner)).toBe('done');
    expect(await faultyStore(inner, []).purge?.()).toBe(0);
  });
});
