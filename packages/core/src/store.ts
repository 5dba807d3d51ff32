/**
 * Where deliveries are remembered. Four verbs, each atomic, each compared on the attempt's token and idempotent for
 * the same token. `@countersign/testing` has a conformance suite that certifies an implementation.
 *
 * States of a key: absent → pending (lease, token, fence) → done | free (released) | pending' (lease over, taken over).
 */
export interface DedupStore {
  readonly name: string;
  readonly capabilities: StoreCapabilities;
  /** Takes the key, unless it is done or another attempt holds a live lease. */
  claim(key: string, claim: ClaimRequest, operation?: StoreOperation): Promise<ClaimResult>;
  /** Marks the key done. False: the claim was lost to another attempt. */
  complete(key: string, completion: Completion, operation?: StoreOperation): Promise<boolean>;
  /** Frees the key for the next attempt, keeping its fence and attempt counters. */
  release(key: string, release: Release, operation?: StoreOperation): Promise<boolean>;
  /** Moves the end of the lease. False: the claim was lost. */
  extend(key: string, extension: Extension, operation?: StoreOperation): Promise<boolean>;
  /** Forgets a key whatever its state: for an operator who wants an event to run again. */
  forget?(key: string): Promise<boolean>;
  /** Removes what has expired, in stores without expiry of their own. Returns how many. */
  purge?(options?: { limit?: number }): Promise<number>;
  /** Lets go of what the store itself has opened; a client that was passed in stays open. */
  close?(): Promise<void>;
}

/** What a store promises. */
export interface StoreCapabilities {
  /** A store without an atomic claim cannot be typed, and cannot be used. */
  readonly atomic: true;
  /** Seen by other processes too. */
  readonly shared: boolean;
  /** What survives a crash of the store: nothing, all but the last moments, everything. */
  readonly durable: 'none' | 'async' | 'sync';
  /** Whose clock ends a lease: the store's, one for all, or each process's own. */
  readonly clock: 'server' | 'client';
  readonly transactional?: boolean;
}

/** What goes along with each question. */
export interface StoreOperation {
  /** Aborted when the gate no longer waits for the answer. */
  readonly signal?: AbortSignal;
}

/** An attempt asks for a key: under its own token, for so long, with the fingerprint of its body. */
export interface ClaimRequest {
  readonly token: string;
  readonly leaseMs: number;
  readonly retentionMs: number;
  readonly fingerprint?: string | undefined;
}

/** An attempt has ended its delivery: so it ended, and so long it is remembered. */
export interface Completion {
  readonly token: string;
  readonly retentionMs: number;
  readonly outcome?: DeliveryVerdict | undefined;
  readonly response?: StoredResponse | undefined;
}

/** An attempt gives its key back; its counters are remembered so long. */
export interface Release {
  readonly token: string;
  readonly retentionMs: number;
}

/** An attempt is alive: its lease lasts so long from now. */
export interface Extension {
  readonly token: string;
  readonly leaseMs: number;
}

/** `ok`: handled. `rejected`: given up for good, by `PermanentError`. */
export type DeliveryVerdict = 'ok' | 'rejected';

/** The answer of a handler that used `reply`, for senders whose retries want the same answer. */
export interface StoredResponse {
  readonly status: number;
  readonly contentType?: string | undefined;
  readonly body: string;
}

/** The key is the attempt's; or it is done, with the answer that was kept; or busy, for so many ms yet. */
export type ClaimResult =
  | {
      readonly status: 'claimed';
      readonly fence: number;
      readonly attempt: number;
      readonly takeover: boolean;
    }
  | {
      readonly status: 'done';
      readonly outcome: DeliveryVerdict;
      readonly fingerprint?: string | undefined;
      readonly response?: StoredResponse | undefined;
    }
  | { readonly status: 'busy'; readonly retryAfterMs: number; readonly fingerprint?: string | undefined };
