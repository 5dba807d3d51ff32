import { type Aged, AgeList } from './age-list.ts';
import { promised } from './at-once.ts';
import { dismiss } from './dismiss.ts';
import { misconfigured } from './errors.ts';
import type {
  ClaimRequest,
  ClaimResult,
  Completion,
  DedupStore,
  DeliveryVerdict,
  StoredResponse,
} from './store.ts';

/** How much a memory store remembers, and by which clock. */
export interface MemoryStoreOptions {
  /** Keys remembered at most. Default 50,000, about 22 MB. */
  readonly maxEntries?: number;
  /** Unix ms; for tests. */
  readonly now?: () => number;
  /** Told once, when a key had to be forgotten before its retention was over. Default: `console.warn`. */
  readonly onEvict?: (message: string) => void;
}

interface Entry extends Aged<Entry> {
  readonly key: string;
  state: 'pending' | 'free' | 'done';
  token: string;
  /** And the fence: both grow by one with each claim. */
  attempt: number;
  leaseUntil: number;
  expiresAt: number;
  fingerprint: string | undefined;
  outcome: DeliveryVerdict;
  response: StoredResponse | undefined;
}

/** Expired entries looked for per operation: there is no timer, so it runs at the edge too. */
const SWEEP = 2;

/**
 * Remembers deliveries in this process, bounded. For development and for a single process; what it knows is gone
 * when the process ends, and no other process sees it. A live claim is never evicted: when only those are left,
 * a further claim throws, and the sender is asked to come again.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` when `maxEntries` is not a positive whole number
 * @example
 * ```ts
 * const receiver = createReceiver(provider, { store: memoryStore({ maxEntries: 10_000 }) });
 * ```
 */
export function memoryStore(options: MemoryStoreOptions = {}): DedupStore {
  const { maxEntries = 50_000, onEvict = (message) => console.warn(message) } = options;
  if (!Number.isSafeInteger(maxEntries) || maxEntries < 1) {
    throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', 'maxEntries must be a whole number above 0');
  }
  const entries = new Map<string, Entry>();
  const pending = new AgeList<Entry>();
  const settled = new AgeList<Entry>();
  let warned = false;

  /** Compared with a time that is no number, no lease would be live. */
  function now(): number {
    const at = (options.now ?? Date.now)();
    if (Number.isFinite(at)) return at;
    throw new TypeError('now() of the memory store gave no time: it must be Unix milliseconds');
  }

  /** One that throws, now or later, is no reason to refuse a delivery. */
  function warn(message: string): void {
    try {
      dismiss(onEvict(message));
    } catch {}
  }

  const isStale = (entry: Entry, at: number) =>
    entry.expiresAt <= at && (entry.state !== 'pending' || entry.leaseUntil <= at);

  const listOf = ({ state }: Entry) => (state === 'pending' ? pending : settled);

  function drop(entry: Entry): void {
    listOf(entry).remove(entry);
    entries.delete(entry.key);
  }

  function sweep({ oldest }: AgeList<Entry>, at: number): void {
    let entry = oldest;
    for (let left = SWEEP; left > 0 && entry !== undefined && isStale(entry, at); left--) {
      const next = entry.newer;
      drop(entry);
      entry = next;
    }
  }

  function find(key: string, at: number): Entry | undefined {
    const entry = entries.get(key);
    if (entry === undefined || !isStale(entry, at)) return entry;
    drop(entry);
    return undefined;
  }

  function makeRoom(at: number): void {
    if (entries.size < maxEntries) return;
    const { oldest } = settled;
    if (oldest !== undefined) {
      drop(oldest);
      if (!warned && oldest.expiresAt > at) {
        warned = true;
        warn(
          `[countersign] the memory store is full (${maxEntries} keys) and forgets deliveries before their retention is over: duplicates may run again. Use a shared store.`,
        );
      }
      return;
    }
    // Only claims are left, of which one may have died.
    for (let entry = pending.oldest; entry !== undefined; entry = entry.newer) {
      if (entry.leaseUntil > at) continue;
      drop(entry);
      return;
    }
    throw new Error('the memory store is full of live claims');
  }

  /** Into that state, as the newest there. */
  function move(entry: Entry, state: Entry['state']): void {
    listOf(entry).remove(entry);
    entry.state = state;
    listOf(entry).add(entry);
  }

  function claim(key: string, { token, leaseMs, retentionMs, fingerprint }: ClaimRequest): ClaimResult {
    const at = now();
    sweep(pending, at);
    sweep(settled, at);
    const entry = find(key, at);
    if (entry?.state === 'done') {
      return {
        status: 'done',
        outcome: entry.outcome,
        fingerprint: entry.fingerprint,
        response: entry.response,
      };
    }
    if (entry?.state === 'pending' && entry.leaseUntil > at) {
      if (entry.token === token) return claimed(entry, false);
      return { status: 'busy', retryAfterMs: entry.leaseUntil - at, fingerprint: entry.fingerprint };
    }
    if (entry === undefined) makeRoom(at);
    else drop(entry);
    const next: Entry = {
      key,
      state: 'pending',
      token,
      attempt: (entry?.attempt ?? 0) + 1,
      leaseUntil: at + leaseMs,
      expiresAt: at + Math.max(leaseMs, retentionMs),
      fingerprint,
      outcome: 'ok',
      response: undefined,
      older: undefined,
      newer: undefined,
    };
    entries.set(key, next);
    pending.add(next);
    return claimed(next, entry?.state === 'pending');
  }

  const claimed = ({ attempt }: Entry, takeover: boolean): ClaimResult => ({
    status: 'claimed',
    fence: attempt,
    attempt,
    takeover,
  });

  const owned = (key: string, token: string, at: number): Entry | undefined => {
    const entry = find(key, at);
    return entry?.token === token ? entry : undefined;
  };

  return {
    name: 'memory',
    capabilities: { atomic: true, shared: false, durable: 'none', clock: 'server' },
    claim: promised(claim),
    complete: promised((key: string, { token, retentionMs, outcome = 'ok', response }: Completion) => {
      const at = now();
      const entry = owned(key, token, at);
      if (entry === undefined || entry.state === 'free') return false;
      if (entry.state === 'done') return true;
      entry.outcome = outcome;
      entry.response = response;
      entry.expiresAt = at + retentionMs;
      move(entry, 'done');
      return true;
    }),
    async release(key, { token, retentionMs }) {
      const at = now();
      const entry = owned(key, token, at);
      if (entry === undefined || entry.state === 'done') return false;
      if (entry.state === 'free') return true;
      entry.expiresAt = at + retentionMs;
      move(entry, 'free');
      return true;
    },
    async extend(key, { token, leaseMs }) {
      const at = now();
      const entry = owned(key, token, at);
      if (entry?.state !== 'pending') return false;
      entry.leaseUntil = at + leaseMs;
      entry.expiresAt = Math.max(entry.expiresAt, entry.leaseUntil);
      move(entry, 'pending');
      return true;
    },
    async forget(key) {
      const entry = entries.get(key);
      if (entry !== undefined) drop(entry);
      return entry !== undefined;
    },
    async purge({ limit = maxEntries } = {}) {
      const at = now();
      let purged = 0;
      for (const { oldest } of [pending, settled]) {
        for (let entry = oldest; entry !== undefined && purged < limit; ) {
          const { newer } = entry;
          if (isStale(entry, at)) {
            drop(entry);
            purged++;
          }
          entry = newer;
        }
      }
      return purged;
    },
  };
}
