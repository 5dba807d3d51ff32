import { type DedupStore, memoryStore } from '@countersign/core';
import type { Step } from './messages.ts';

export interface HeldStore extends DedupStore {
  /** Claims that nobody has completed or released. */
  claims(): number;
}

const eventOf = (key: string): string => key.slice(key.lastIndexOf('|') + 1);

/**
 * A memory store whose calls can be held, and whose claims are counted.
 *
 * @param reach resolves when an event may go on past a step
 */
export function heldStore(reach: (step: Step, id: string) => Promise<void>): HeldStore {
  const inner = memoryStore();
  const held = new Set<string>();
  return {
    ...inner,
    name: 'held',
    claims: () => held.size,
    async claim(key, request) {
      await reach('claim', eventOf(key));
      const result = await inner.claim(key, request);
      if (result.status === 'claimed') held.add(`${key} ${request.token}`);
      return result;
    },
    async complete(key, completion) {
      await reach('complete', eventOf(key));
      held.delete(`${key} ${completion.token}`);
      return inner.complete(key, completion);
    },
    async release(key, release) {
      held.delete(`${key} ${release.token}`);
      return inner.release(key, release);
    },
  };
}
