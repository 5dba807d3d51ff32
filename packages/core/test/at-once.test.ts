import { describe, expect, it, vi } from 'vitest';
import { createGate, type DedupStore, memoryStore } from '../src/index.ts';

const KEY = 'v1|acme|acme||evt_1';
const claim = { token: 'a', leaseMs: 1000, retentionMs: 1000 };

/** Whether the work of a gate over this store has run before the gate returns. */
async function runsAtOnce(store: DedupStore): Promise<boolean> {
  let ran = false;
  const running = createGate({ store }).run(KEY, () => {
    ran = true;
  });
  const atOnce = ran;
  expect(await running).toMatchObject({ status: 'ran' });
  return atOnce;
}

describe('the verbs of the memory store', () => {
  it('answer by promises', async () => {
    const store = memoryStore({ maxEntries: 1 });
    const claiming = store.claim(KEY, claim);
    expect(claiming).toBeInstanceOf(Promise);
    expect(await claiming).toEqual({ status: 'claimed', fence: 1, attempt: 1, takeover: false });
    const full = store.claim('another', { ...claim, token: 'b' });
    await expect(full).rejects.toThrow('full of live claims');
    const completing = store.complete(KEY, claim);
    expect(completing).toBeInstanceOf(Promise);
    expect(await completing).toBe(true);
  });

  it('answer a gate at once', async () => {
    expect(await runsAtOnce(memoryStore())).toBe(true);
  });

  it.each(['claim', 'complete', 'release'] as const)(
    'are asked by the one that took the place of %s',
    async (verb) => {
      const store = memoryStore();
      const spy = vi.spyOn(store, verb);
      const work = verb === 'release' ? () => Promise.reject(new Error('not now')) : () => {};
      await createGate({ store }).run(KEY, work);
      expect(spy).toHaveBeenCalledOnce();
    },
  );

  it('are asked by the one that stands beside the others in a store made of them', async () => {
    const inner = memoryStore();
    const complete = vi.fn(inner.complete);
    expect(await runsAtOnce({ ...inner, complete })).toBe(true);
    expect(complete).toHaveBeenCalledOnce();
    const other = memoryStore();
    const slow = vi.fn<DedupStore['claim']>((...given) => other.claim(...given));
    expect(await runsAtOnce({ ...other, claim: slow })).toBe(false);
    expect(slow).toHaveBeenCalledOnce();
  });

  it('are asked through whatever stands before the store', async () => {
    const asked: PropertyKey[] = [];
    const store = new Proxy(memoryStore(), {
      get(target, verb: keyof DedupStore) {
        const found = target[verb];
        if (typeof found !== 'function') return found;
        return (...given: unknown[]) => {
          asked.push(verb);
          return (found as (...given: unknown[]) => unknown)(...given);
        };
      },
    });
    await createGate({ store }).run(KEY, () => {});
    expect(asked).toEqual(['claim', 'complete']);
  });
});
