import type { DedupStore } from '@countersign/core';
import { claimChecks } from './store-claim-checks.ts';
import { faultChecks } from './store-fault-checks.ts';
import { createProbe } from './store-probe.ts';
import { recordChecks } from './store-record-checks.ts';
import { settleChecks } from './store-settle-checks.ts';

/** A store to certify, and how to open it. */
export interface StoreUnderTest {
  readonly name: string;
  /** Called once for each check. May hand out the same store every time: each check keeps to keys of its own. */
  open(): Promise<{
    readonly store: DedupStore;
    /** Ends the client that was opened for the check. */
    close?(): Promise<void>;
  }>;
  /** ms of the short leases that the checks wait out. Raise it for a store whose clock is coarse. Default 60. */
  readonly timeUnit?: number;
}

/** One thing that a store must do. */
export interface StoreCheck {
  readonly name: string;
  /** Rejects when the store is wrong. */
  run(): Promise<void>;
}

/**
 * What every `DedupStore` must do, as data: hand it to the test runner of your choice. Nothing depends on a quick
 * machine: short leases are only ever waited out, and races run under long ones. The checks may run at the same time,
 * on a store that holds other keys.
 *
 * @param subject the store, and how to open it
 * @example
 * ```ts
 * for (const { name, run } of storeSuite({ name: 'mine', open: async () => ({ store: myStore() }) })) test(name, run);
 * ```
 */
export function storeSuite(subject: StoreUnderTest): readonly StoreCheck[] {
  const { timeUnit = 60 } = subject;
  return [...claimChecks, ...settleChecks, ...recordChecks, ...faultChecks].map(({ name, check }) => ({
    name,
    async run() {
      const { store, close } = await subject.open();
      try {
        await check(createProbe(store, timeUnit));
      } finally {
        await close?.();
      }
    },
  }));
}
