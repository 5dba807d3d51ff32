import type { ClaimResult, StoreCapabilities, StoredResponse, StoreOperation } from './store.ts';

/**
 * A store whose record is committed with the handler's own writes, in one transaction of the application's database:
 * both happen, or neither (the `transaction` guarantee). No lease: a dead connection rolls everything back.
 */
export interface TransactionalStore<Tx = unknown> {
  readonly name: string;
  readonly capabilities: StoreCapabilities & { readonly transactional: true };
  /** Opens a transaction, commits it when `work` resolves, and rolls it back whole when it rejects, with its error. */
  transaction<Result>(
    work: (session: TransactionSession<Tx>) => Promise<Result>,
    operation?: StoreOperation,
  ): Promise<Result>;
  /** Counts an attempt that was rolled back, so that the next one knows its number. Returns how many failed so far. */
  fail(key: string, failure: { readonly retentionMs: number }, operation?: StoreOperation): Promise<number>;
  /** Records a delivery as given up. False: it was done meanwhile. */
  reject(
    key: string,
    rejection: { readonly retentionMs: number },
    operation?: StoreOperation,
  ): Promise<boolean>;
  /** Forgets a key whatever its state: for an operator who wants an event to run again. */
  forget?(key: string): Promise<boolean>;
  /** Removes what has expired. Returns how many. */
  purge?(options?: { limit?: number }): Promise<number>;
  /** Lets go of what the store itself has opened; a client that was passed in stays open. */
  close?(): Promise<void>;
}

/** One open transaction. */
export interface TransactionSession<Tx> {
  /** The client library's own handle: what the handler writes with. */
  readonly tx: Tx;
  /** Takes the key and records it as done, if this transaction commits. Never waits for another that has it. */
  take(key: string, taking: Taking): Promise<TakeResult>;
  /** Takes back what this transaction took. */
  drop(key: string): Promise<void>;
  /** Keeps an answer for duplicates, beside what this transaction took. */
  keep(key: string, response: StoredResponse): Promise<void>;
}

/** How long the record of a delivery is kept, in ms, and the fingerprint of its body. */
export interface Taking {
  readonly retentionMs: number;
  readonly fingerprint?: string | undefined;
}

/** The key is this transaction's; or it is done, or another transaction has it. */
export type TakeResult =
  | { readonly status: 'taken'; readonly attempt: number }
  | Exclude<ClaimResult, { status: 'claimed' }>;
