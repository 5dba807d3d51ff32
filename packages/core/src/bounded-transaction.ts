import { lateStore } from './ask-store.ts';
import { withDeadline } from './deadline.ts';
import type { TransactionalStore, TransactionSession } from './transactional-store.ts';

/** A promise that somebody else resolves. */
function latch(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/**
 * A transaction that must begin, and end, within `deadline` ms each. What runs inside has bounds of its own. When the
 * end does not come in time nobody knows whether it was committed: the sender comes again and finds the truth.
 */
export async function boundedTransaction<Tx, Result>(
  store: TransactionalStore<Tx>,
  deadline: number,
  inside: (session: TransactionSession<Tx>) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const { signal } = controller;
  const [begin, end] = [latch(), latch()];

  let ended: { readonly result: Result } | undefined;

  async function guarded(session: TransactionSession<Tx>): Promise<Result> {
    ended = undefined;
    // A connection that comes after its caller was answered.
    if (signal.aborted) throw lateStore(deadline);
    begin.open();
    try {
      const result = await inside(session);
      ended = { result };
      return result;
    } finally {
      end.open();
    }
  }

  function late(): Error {
    controller.abort();
    return lateStore(deadline);
  }

  const transaction = (async () => store.transaction(guarded, { signal }))();
  // Heard below, unless it comes too late.
  transaction.catch(() => {});
  await withDeadline(deadline, Promise.race([begin.opened, transaction]), late);
  await Promise.race([end.opened, transaction]);
  await withDeadline(deadline, transaction, late);
  // What the store itself makes of it is not believed.
  if (ended === undefined) throw new Error('the store ended a transaction whose work had not');
  return ended.result;
}
