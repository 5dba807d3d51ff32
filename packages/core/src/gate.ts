import { crypto } from '#crypto';
import { askStore, bareClaim, type Claim, type ClaimRules, holdClaim, type RunContext } from './claim.ts';
import { keyPart } from './dedup-key.ts';
import { isPermanentError, misconfigured } from './errors.ts';
import type { ClaimResult, DedupStore, StoredResponse } from './store.ts';

export interface GateOptions {
  readonly store: DedupStore;
  /** ms that a claim lasts without a sign of life; renewed by heartbeat. Default 30,000. */
  readonly lease?: number;
  /** ms that a finished delivery is remembered. Default 7 days. */
  readonly retention?: number;
  /** ms after which a handler that is still running loses its claim. Default 15 minutes. */
  readonly maxRun?: number;
  /** ms that one answer of the store may take. Default 1,000. */
  readonly deadline?: number;
  /** A duplicate of what is running: send it away at once, or wait a while for the end. Default `retry`. */
  readonly inFlight?: 'retry' | { readonly waitMs: number };
  /** The store cannot be asked: turn the delivery away (default), or handle it, at the risk of handling it twice. */
  readonly onStoreError?: 'reject' | 'process';
  readonly onTrouble?: (message: string, cause: unknown) => void;
}

/** What stands behind a key. */
export type GateEntry =
  | { readonly status: 'claimed'; readonly claim: Claim }
  | { readonly status: 'unavailable'; readonly cause: unknown }
  | Exclude<ClaimResult, { status: 'claimed' }>;

/** What became of a run. */
export type RunOutcome<Result> =
  | { readonly status: 'ran'; readonly value: Result }
  | { readonly status: 'failed' | 'rejected'; readonly cause: unknown }
  | { readonly status: 'lost'; readonly cause: unknown };

export type GateOutcome<Result> = RunOutcome<Result> | Exclude<GateEntry, { status: 'claimed' }>;

/** Lets each key through once. Knows nothing of HTTP, so a queue worker can stand behind it too. */
export interface Gate {
  enter(key: string, fingerprint?: string): Promise<GateEntry>;
  run<Result>(
    key: string,
    work: (context: RunContext) => Result | Promise<Result>,
  ): Promise<GateOutcome<Result>>;
}

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;
export const DEFAULT_RETENTION: number = 7 * DAY;

const orThrow = (name: string, ms: number): number => {
  if (Number.isFinite(ms) && ms > 0) return ms;
  throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', `${name} must be milliseconds above 0`);
};

/** Rejects when the claim is lost, so that nobody waits for a handler that never ends. */
function untilLost<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  let stop: (() => void) | undefined;
  const lost = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop);
  });
  return Promise.race([work, lost]).finally(() => signal.removeEventListener('abort', stop as () => void));
}

export interface RunHooks<Result> {
  /** The answer to keep for duplicates. */
  stored?(value: Result): StoredResponse | undefined;
  /** Waited for before the delivery is recorded as given up: after that it never comes again. */
  onRejected?(cause: unknown): Promise<void>;
}

/** Records that a delivery is given up, unless another attempt has it, or gets it while the hook still runs. */
async function giveUp(
  claim: Claim,
  cause: unknown,
  onRejected: RunHooks<unknown>['onRejected'],
): Promise<RunOutcome<never>> {
  const { signal } = claim.context;
  try {
    const isOurs = await claim.renew();
    if (isOurs && onRejected) await untilLost(signal, onRejected(cause));
    if (isOurs && (await claim.complete('rejected'))) return { status: 'rejected', cause };
  } catch {
    // Lost, as the signal says.
  }
  return { status: 'lost', cause: signal.reason };
}

/** Runs work under a claim and settles it: complete when it returned, released when it threw. */
export async function runClaim<Result>(
  claim: Claim,
  work: (context: RunContext) => Result | Promise<Result>,
  { stored, onRejected }: RunHooks<Result> = {},
): Promise<RunOutcome<Result>> {
  const { signal } = claim.context;
  try {
    const value = await untilLost(signal, (async () => work(claim.context))());
    if (await claim.complete('ok', stored?.(value))) return { status: 'ran', value };
    return { status: 'lost', cause: signal.reason };
  } catch (cause) {
    if (signal.aborted) return { status: 'lost', cause: signal.reason };
    if (isPermanentError(cause)) return giveUp(claim, cause, onRejected);
    await claim.release();
    return { status: 'failed', cause };
  }
}

/**
 * A gate over a store: at least once, one at a time (the `lease` guarantee).
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for a duration that is none
 * @example
 * ```ts
 * const gate = createGate({ store: memoryStore() });
 * const outcome = await gate.run('v1|acme|acme||evt_1', async ({ attempt }) => work(attempt));
 * ```
 */
export function createGate(options: GateOptions): Gate {
  const { store, inFlight = 'retry', onStoreError = 'reject', onTrouble = () => {} } = options;
  const rules: ClaimRules = {
    store,
    lease: orThrow('lease', options.lease ?? 30 * SECOND),
    retention: orThrow('retention', options.retention ?? DEFAULT_RETENTION),
    maxRun: orThrow('maxRun', options.maxRun ?? 900 * SECOND),
    deadline: orThrow('deadline', options.deadline ?? SECOND),
    onTrouble,
  };
  const { lease, retention, deadline } = rules;
  if (inFlight !== 'retry') orThrow('inFlight.waitMs', inFlight?.waitMs);
  if (onStoreError !== 'reject' && onStoreError !== 'process') {
    throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', "onStoreError is 'reject' or 'process'");
  }

  async function claimOnce(key: string, fingerprint: string | undefined): Promise<GateEntry> {
    const token = crypto.token();
    const request = {
      token,
      leaseMs: lease,
      retentionMs: retention,
      fingerprint,
    };
    try {
      const result = await askStore(deadline, (operation) => store.claim(key, request, operation));
      if (result.status !== 'claimed') return result;
      const { attempt, fence, takeover } = result;
      const once: RunContext['once'] = async (item, work) => runOnce(`${key}|${await keyPart(item)}`, work);
      return { status: 'claimed', claim: holdClaim(rules, key, token, { attempt, fence, takeover, once }) };
    } catch (cause) {
      // It may have been claimed all the same, with the answer lost: nobody should have to wait for that lease.
      askStore(deadline, (operation) =>
        store.release(key, { token, retentionMs: retention }, operation),
      ).catch(() => {});
      if (onStoreError === 'reject') return { status: 'unavailable', cause };
      onTrouble('the store could not be asked, and the delivery is handled without it', cause);
      return { status: 'claimed', claim: bareClaim() };
    }
  }

  async function enter(key: string, fingerprint?: string): Promise<GateEntry> {
    const until = inFlight === 'retry' ? 0 : Date.now() + inFlight.waitMs;
    for (let pause = 25; ; pause = Math.min(pause * 2, 400)) {
      const entry = await claimOnce(key, fingerprint);
      const left = until - Date.now();
      if (entry.status !== 'busy' || left <= 0) return entry;
      await new Promise((resolve) => setTimeout(resolve, Math.min(pause, left)));
    }
  }

  async function run<Result>(
    key: string,
    work: (context: RunContext) => Result | Promise<Result>,
  ): Promise<GateOutcome<Result>> {
    const entry = await enter(key);
    return entry.status === 'claimed' ? runClaim(entry.claim, work) : entry;
  }

  async function runOnce(key: string, work: () => unknown): Promise<'ran' | 'skipped'> {
    const outcome = await run(key, work);
    if (outcome.status === 'ran') return 'ran';
    if (outcome.status === 'done') return 'skipped';
    throw 'cause' in outcome ? outcome.cause : new Error('this item is being handled by another attempt');
  }

  return { enter, run };
}

/** A gate that remembers nothing: `store: false`. */
export const openGate: Gate = {
  enter: async () => ({ status: 'claimed', claim: bareClaim() }),
  run: async (_key, work) => runClaim(bareClaim(), work),
};
