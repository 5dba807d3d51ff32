import { atomicityChecks } from './atomicity-checks.ts';
import { takingChecks } from './taking-checks.ts';
import { createTransactionalProbe, type OpenTransactionalStore } from './transactional-probe.ts';

export interface TransactionalStoreUnderTest<Tx> {
  readonly name: string;
  /** Called once for each check. May hand out the same store every time: each check keeps to keys of its own. */
  open(): Promise<OpenTransactionalStore<Tx>>;
  /** ms of the short retentions that the checks wait out. Default 60. */
  readonly timeUnit?: number;
}

/** What every `TransactionalStore` must do, as data: hand it to the test runner of your choice. */
export function transactionalStoreSuite<Tx>(
  subject: TransactionalStoreUnderTest<Tx>,
): readonly { readonly name: string; run(): Promise<void> }[] {
  return [...takingChecks, ...atomicityChecks].map(({ name, check }) => ({
    name,
    async run() {
      const open = await subject.open();
      try {
        await check(createTransactionalProbe(open, subject.timeUnit ?? 60));
      } finally {
        await open.close?.();
      }
    },
  }));
}
