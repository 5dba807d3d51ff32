import type { MaybePromise } from './maybe-promise.ts';
import type { RunHooks, RunOutcome, Work } from './run-claim.ts';
import type { ClaimResult } from './store.ts';

/** The store cannot be asked: nothing ran. */
export interface Unavailable {
  readonly status: 'unavailable';
  readonly cause: unknown;
}

/** Why a key is not let through. */
export type Refusal = Unavailable | Exclude<ClaimResult, { status: 'claimed' }>;

export interface LetThrough {
  readonly status: 'claimed';
}

/** Asks for a key. What was taken on the way to a refusal is given back. */
export type Take = (key: string, fingerprint?: string) => MaybePromise<LetThrough | Refusal>;

/** Decides over a delivery by taking keys: the first one taken is its own. */
export type Enter<Refused> = (take: Take) => MaybePromise<LetThrough | Refused>;

/** Let through, with the running of it left to the caller. */
export interface Opening {
  readonly status: 'claimed';
  run<Result>(work: Work<Result>, hooks?: RunHooks<Result>): MaybePromise<RunOutcome<Result>>;
}

/** Stands behind a gate, one for each guarantee: takes keys, runs what may run, and settles it. */
export interface Keeper<Tx = undefined> {
  pass<Result, Refused extends { readonly status: string }>(
    enter: Enter<Refused>,
    work: Work<Result, Tx>,
    hooks?: RunHooks<Result>,
  ): MaybePromise<RunOutcome<Result> | Refused | Unavailable>;
  /** Missing where nothing can be held open: a transaction ends with the function it was given. */
  open?<Refused extends { readonly status: string }>(enter: Enter<Refused>): MaybePromise<Opening | Refused>;
  /** Forgets a key whatever its state. False: there was nothing to forget. */
  forget(key: string): Promise<boolean>;
}
