import type { Claim } from './claim.ts';
import { isPermanentError } from './errors.ts';
import { andThen, isPromise, type MaybePromise, orElse } from './maybe-promise.ts';
import type { RunContext } from './run-context.ts';
import type { StoredResponse } from './store.ts';

/** What is done with a key that was let through. */
export type Work<Result, Tx = undefined> = (context: RunContext<Tx>) => Result | Promise<Result>;

/** What became of it. `rejected`: given up for good, by `PermanentError` or after `maxAttempts`. */
export type RunOutcome<Result> =
  | { readonly status: 'ran'; readonly value: Result }
  | { readonly status: 'failed' | 'rejected'; readonly cause: unknown }
  | { readonly status: 'lost'; readonly cause: unknown };

/** What the one who runs work wants to be asked. */
export interface RunHooks<Result> {
  /** The answer to keep for duplicates. */
  stored?(value: Result): StoredResponse | undefined;
  /** Waited for before the delivery is recorded as given up: after that it never comes again. */
  onRejected?(cause: unknown): unknown;
}

/** Whether what a handler threw ends all attempts. */
export const isFinal = (cause: unknown, attempt: number, maxAttempts: number): boolean =>
  isPermanentError(cause) || attempt >= maxAttempts;

/** Records that a delivery is given up, unless another attempt has it, or gets it while the hook still runs. */
async function giveUp(
  claim: Claim,
  cause: unknown,
  onRejected: RunHooks<unknown>['onRejected'],
): Promise<RunOutcome<never>> {
  try {
    const isOurs = await claim.renew();
    if (isOurs && onRejected) await claim.unlessLost((async () => onRejected(cause))());
    if (isOurs && (await claim.complete('rejected'))) return { status: 'rejected', cause };
  } catch (thrown) {
    // Lost; or else the hook could not keep it, and it has to come again.
    if (claim.loss === undefined) {
      await claim.release();
      return { status: 'failed', cause: thrown };
    }
  }
  return { status: 'lost', cause: claim.loss };
}

const lost = ({ loss }: Claim): RunOutcome<never> => ({ status: 'lost', cause: loss });

/** Runs work under a claim and settles it: complete when it returned, released or given up when it threw. */
export function runClaim<Result>(
  claim: Claim,
  maxAttempts: number,
  work: Work<Result>,
  { stored, onRejected }: RunHooks<Result> = {},
): MaybePromise<RunOutcome<Result>> {
  async function failed(cause: unknown): Promise<RunOutcome<never>> {
    if (claim.loss !== undefined) return lost(claim);
    if (isFinal(cause, claim.context.attempt, maxAttempts)) return giveUp(claim, cause, onRejected);
    await claim.release();
    return { status: 'failed', cause };
  }

  const completed = (value: Result): MaybePromise<RunOutcome<Result>> =>
    andThen(claim.complete('ok', stored?.(value)), (kept) => (kept ? { status: 'ran', value } : lost(claim)));

  return orElse<RunOutcome<Result>>(() => {
    // Lost on the way here, while another key was waited for.
    if (claim.loss !== undefined) return lost(claim);
    const running = work(claim.context);
    return andThen(isPromise(running) ? claim.unlessLost(running) : running, completed);
  }, failed);
}
