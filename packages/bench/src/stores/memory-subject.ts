import { memoryStore } from '@countersign/core';
import { inParallel } from './in-parallel.ts';
import { storeLane } from './lane.ts';
import type { Subject } from './subject.ts';

function heap(): number {
  if (globalThis.gc === undefined) throw new Error('run it with --expose-gc');
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

export function memorySubject(): Subject {
  const store = memoryStore({ maxEntries: 1_000_000, onEvict() {} });
  return {
    name: 'memory',
    store,
    ours: storeLane(store),
    async footprint(count) {
      const before = heap();
      const own = memoryStore({ maxEntries: count });
      await inParallel(count, 16, storeLane(own).run);
      const after = heap();
      // Still held: it must not be collected before it is weighed.
      await own.forget?.('nothing');
      return (after - before) / count;
    },
    async close() {},
  };
}
