import { lateStore } from './ask-store.ts';
import { withDeadline } from './deadline.ts';
import { keyPart } from './dedup-key.ts';
import type { GateRules } from './gate-rules.ts';
import type { Take } from './keeper.ts';
import type { RunContext } from './run-context.ts';
import type { StoredResponse } from './store.ts';
import { takeResult } from './store-answers.ts';
import type { TakeResult, TransactionSession } from './transactional-store.ts';

/** The keys that one open transaction holds. */
export interface HeldKeys<Tx> {
  /** The delivery's own first. */
  readonly keys: readonly string[];
  readonly take: Take;
  /** Takes everything back. */
  drop(): Promise<void>;
  keep(response: StoredResponse): Promise<void>;
  context(signal: AbortSignal): RunContext<Tx>;
  /** No more items from here on. Throws when one could not be taken back, for which everything must be rolled back. */
  close(): void;
}

export function holdKeys<Tx>(
  session: TransactionSession<Tx>,
  { retention, deadline }: Pick<GateRules, 'retention' | 'deadline'>,
): HeldKeys<Tx> {
  const keys: string[] = [];
  let attempt = 0;
  let isOpen = true;
  let broken: { readonly cause: unknown } | undefined;

  const inTime = <T>(asked: Promise<T>): Promise<T> =>
    withDeadline(deadline, asked, () => lateStore(deadline));

  const takeOne = async (key: string, fingerprint?: string): Promise<TakeResult> =>
    takeResult(await inTime(session.take(key, { retentionMs: retention, fingerprint })));

  const take: Take = async (key, fingerprint) => {
    try {
      const result = await takeOne(key, fingerprint);
      if (result.status !== 'taken') return result;
      if (keys.length === 0) attempt = result.attempt;
      keys.push(key);
      return { status: 'claimed' };
    } catch (cause) {
      return { status: 'unavailable', cause };
    }
  };

  async function takeBack(item: string): Promise<void> {
    try {
      await inTime(session.drop(item));
    } catch (cause) {
      broken ??= { cause };
    }
  }

  const once: RunContext['once'] = async (item, work) => {
    const key = `${keys[0]}|${await keyPart(item)}`;
    if (!isOpen) throw new Error('once() was called when the transaction of this delivery was over');
    const { status } = await takeOne(key);
    if (status === 'done') return 'skipped';
    if (status === 'busy') throw new Error('this item is being handled by another attempt');
    try {
      await work();
      return 'ran';
    } catch (cause) {
      await takeBack(key);
      throw cause;
    }
  };

  return {
    keys,
    take,
    async drop() {
      for (const key of keys) await inTime(session.drop(key));
    },
    async keep(response) {
      for (const key of keys) await inTime(session.keep(key, response));
    },
    context: (signal) => ({ attempt, takeover: false, fence: attempt, signal, tx: session.tx, once }),
    close() {
      isOpen = false;
      if (broken !== undefined) throw broken.cause;
    },
  };
}
