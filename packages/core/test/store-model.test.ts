import { describe, expect, it } from 'vitest';
import { type DedupStore, memoryStore } from '../src/index.ts';
import { type Explored, explore } from './support/store-model.ts';

type Twist = (inner: DedupStore) => Partial<DedupStore>;

const opened =
  (twist: Twist = () => ({})) =>
  (): Explored => {
    const clock = { at: 0 };
    const inner = memoryStore({ now: () => clock.at });
    return { store: { ...inner, ...twist(inner) }, clock };
  };

describe('every state that three clients can bring a key to', () => {
  it('is left by the memory store as the state table says', async () => {
    const { states, steps, wrong } = await explore(opened());
    expect(wrong).toEqual([]);
    // The model would have to shrink for this to be less.
    expect(states).toBeGreaterThan(250);
    expect(steps).toBeGreaterThan(states * 10);
  });

  const mutants: [string, Twist][] = [
    [
      'two claims succeed',
      ({ claim }) => ({
        async claim(key, request) {
          const result = await claim(key, request);
          return result.status === 'busy'
            ? { status: 'claimed', fence: 99, attempt: 9, takeover: false }
            : result;
        },
      }),
    ],
    [
      'a release forgets the fence',
      ({ release, forget }) => ({
        async release(key, request) {
          const isReleased = await release(key, request);
          if (isReleased) await forget?.(key);
          return isReleased;
        },
      }),
    ],
    ['a completion is not kept', ({ release }) => ({ complete: (key, request) => release(key, request) })],
    [
      'a stale owner completes',
      ({ complete }) => ({
        complete: async (key, request) => (await complete(key, request)) || true,
      }),
    ],
    [
      'a completion of what is released is believed',
      ({ complete, release }) => ({
        complete: async (key, request) => (await complete(key, request)) || release(key, request),
      }),
    ],
    [
      'done is released',
      ({ release, forget }) => ({
        release: async (key, request) => (await release(key, request)) || ((await forget?.(key)) ?? false),
      }),
    ],
    [
      'a lease never ends',
      ({ claim }) => ({
        claim: (key, request) => claim(key, { ...request, leaseMs: 1_000_000_000 }),
      }),
    ],
    [
      'a resend is busy',
      ({ claim }) => {
        let count = 0;
        return { claim: (key, request) => claim(key, { ...request, token: `${++count}` }) };
      },
    ],
    ['an extension does not hold', () => ({ extend: async () => false })],
    ['an extension by anyone holds', () => ({ extend: async () => true })],
  ];

  it.each(mutants)('shows when %s', async (_, twist) => {
    const { wrong } = await explore(opened(twist));
    expect(wrong).not.toEqual([]);
  });
});
