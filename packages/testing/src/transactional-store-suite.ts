import assert, { AssertionError } from 'node:assert/strict';
import type { StoreCheck } from './store-suite.ts';
import { atomicityChecks } from './transactional-atomicity-checks.ts';
import { lossChecks } from './transactional-loss-checks.ts';
import {
  createTransactionalProbe,
  type DatabaseFault,
  type OpenTransactionalStore,
} from './transactional-probe.ts';
import { transactionRecordChecks } from './transactional-record-checks.ts';
import { takingChecks } from './transactional-taking-checks.ts';

/** A transactional store to certify, and how to open it beside a table of effects. */
export interface TransactionalStoreUnderTest<Tx> {
  readonly name: string;
  /** Called once for each check. May hand out the same store every time: each check keeps to keys of its own. */
  open(): Promise<OpenTransactionalStore<Tx>>;
  /** ms of the short retentions that the checks wait out. Default 60. */
  readonly timeUnit?: number;
  /** ms after which a check that hangs is ended: a store that waits for a lock waits for ever. Default 15,000. */
  readonly patience?: number;
  /** What this database cannot be made to do: checks that need it are left out. Say why, where the suite is run. */
  readonly without?: readonly DatabaseFault[];
}

/** Rejects when the time is up, so that no check hangs without a word. */
async function withPatience(patience: number, running: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    const message = `not over after ${patience} ms: does the store wait for a key that another transaction has?`;
    timer = setTimeout(() => reject(new AssertionError({ message })), patience);
  });
  await Promise.race([running, over]).finally(() => clearTimeout(timer));
}

/**
 * What every `TransactionalStore` must do, as data: hand it to the test runner of your choice. It is for stores whose
 * transaction is open while the handler runs. It needs ten connections and a table of effects, and it breaks
 * statements, commits and connections on purpose: over one pool, run the checks one after the other.
 *
 * @param subject the store, how to open it, and what its database can be made to do
 * @example
 * ```ts
 * const suite = transactionalStoreSuite({ name: 'mine', open: openStoreAndEffects });
 * for (const { name, run } of suite) test(name, run);
 * ```
 */
export function transactionalStoreSuite<Tx>(subject: TransactionalStoreUnderTest<Tx>): readonly StoreCheck[] {
  const { timeUnit = 60, patience = 15_000, without = [] } = subject;
  const checks = [...takingChecks, ...transactionRecordChecks, ...atomicityChecks, ...lossChecks];
  return checks
    .filter(({ needs = [] }) => !needs.some((fault) => without.includes(fault)))
    .map(({ name, needs = [], check }) => ({
      name,
      async run() {
        const open = await subject.open();
        const missing = needs.filter((fault) => open[fault] === undefined);
        assert.deepEqual(missing, [], 'what this check needs is given by open(), or named by `without`');
        const probe = createTransactionalProbe(open, timeUnit);
        try {
          await withPatience(patience, check(probe));
        } finally {
          await probe.dispose();
          await open.close?.();
        }
      },
    }));
}
