import { memoryStore } from '@countersign/core';
import { storeSuite } from '@countersign/testing';
import type { Check } from './check.ts';

/** What every store must do, asked of the one that is always there. */
export const storeChecks = (): readonly Check[] =>
  storeSuite({ name: 'memory', open: async () => ({ store: memoryStore() }) });
