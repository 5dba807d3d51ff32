import type { ClaimResult } from '@countersign/core';

export type Verb = 'claim' | 'complete' | 'release' | 'extend';

/** One call of a store, as its caller saw it. */
export interface Operation {
  readonly key: string;
  readonly client: string;
  readonly verb: Verb;
  readonly token: string;
  /** ms; of no meaning for `complete` and `release`. */
  readonly lease: number;
  /** ms of the machine's monotonic clock, which all processes share. */
  readonly start: number;
  readonly end: number;
  readonly answer: ClaimResult | boolean;
}
