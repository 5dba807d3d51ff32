import { dismiss } from './dismiss.ts';
import { misconfigured } from './errors.ts';
import type { ClaimRules } from './lease-claim.ts';
import type { DedupStore } from './store.ts';
import type { TransactionalStore } from './transactional-store.ts';

/** How a gate keeps its keys. Everything but the store has a default. */
export interface GateOptions<Tx = undefined> {
  /** A `DedupStore`: at least once, one at a time. A `TransactionalStore`: exactly-once effects in its database. */
  readonly store: DedupStore | TransactionalStore<Tx>;
  /** ms that a claim lasts without a sign of life; renewed by heartbeat. Default 30,000. In a transaction: unused. */
  readonly lease?: number;
  /** ms that a finished delivery is remembered. Default 7 days. */
  readonly retention?: number;
  /**
   * ms after which a handler that is still running loses its claim, or has its transaction rolled back: its `signal`
   * aborts. Default 15 minutes.
   */
  readonly maxRun?: number;
  /**
   * ms that one answer of the store may take; to begin and to commit, in a transaction. Default 1,000; 5,000 for a
   * transactional store, whose connections may all be in use for a moment.
   */
  readonly deadline?: number;
  /**
   * A duplicate of what is running: send it away at once (`retry`, the default), or let it wait up to `waitMs` for
   * the end, as one of at most `waiters` (default 100) that do. Keep `waitMs` below what the sender waits.
   */
  readonly inFlight?: 'retry' | { readonly waitMs: number; readonly waiters?: number };
  /**
   * The store cannot be asked: turn the delivery away (`reject`, the default), or handle it, at the risk of handling
   * it twice (`process`). A transactional store has only the former: without it there is no transaction to run in.
   */
  readonly onStoreError?: 'reject' | 'process';
  /**
   * Attempts after which a failure is given up for good, as if by `PermanentError`. They are those that the store
   * counted, with the ones whose process died. Default: no end, the sender decides.
   */
  readonly maxAttempts?: number;
  /** Told what went wrong behind a delivery that was settled all the same. Default: nobody is. */
  readonly onTrouble?: (message: string, cause: unknown) => void;
}

/** Options with every default filled in. */
export interface GateRules extends ClaimRules {
  readonly inFlight: { readonly waitMs: number; readonly waiters: number };
  readonly onStoreError: 'reject' | 'process';
  readonly maxAttempts: number;
}

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;
export const DEFAULT_RETENTION: number = 7 * DAY;

const refused = (problem: string): TypeError => misconfigured('ERR_WEBHOOK_CONFIG_OPTION', problem);

function duration(name: string, ms: number): number {
  if (Number.isFinite(ms) && ms > 0) return ms;
  throw refused(`${name} must be milliseconds above 0`);
}

function count(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw refused(`${name} must be a whole number above 0`);
}

function inFlightOf(given: GateOptions['inFlight'] = 'retry'): GateRules['inFlight'] {
  if (given === 'retry') return { waitMs: 0, waiters: 0 };
  return {
    waitMs: duration('inFlight.waitMs', given?.waitMs),
    waiters: count('inFlight.waiters', given?.waiters ?? 100),
  };
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION`
 */
export function gateRules(options: Omit<GateOptions, 'store'>, isTransactional: boolean): GateRules {
  const { onStoreError = 'reject', maxAttempts, onTrouble = () => {} } = options;
  if (onStoreError !== 'reject' && onStoreError !== 'process') {
    throw refused("onStoreError is 'reject' or 'process'");
  }
  if (isTransactional && onStoreError === 'process') {
    throw refused(
      "onStoreError 'process' needs a store with leases: when a transactional one is away there is no `tx` to run with",
    );
  }
  return {
    lease: duration('lease', options.lease ?? 30 * SECOND),
    retention: duration('retention', options.retention ?? DEFAULT_RETENTION),
    maxRun: duration('maxRun', options.maxRun ?? 900 * SECOND),
    deadline: duration('deadline', options.deadline ?? (isTransactional ? 5 : 1) * SECOND),
    inFlight: inFlightOf(options.inFlight),
    onStoreError,
    maxAttempts: maxAttempts === undefined ? Number.POSITIVE_INFINITY : count('maxAttempts', maxAttempts),
    onTrouble(message, cause) {
      // One that throws, now or later, changes nothing.
      try {
        dismiss(onTrouble(message, cause));
      } catch {}
    },
  };
}
