import { dismiss } from './dismiss.ts';
import { misconfigured } from './errors.ts';
import type { ClaimResult, DedupStore, DeliveryVerdict, StoredResponse } from './store.ts';

/** How much a memory store remembers, and by which clock. */
export interface MemoryStoreOptions {
  /** Keys remembered at most. Default 50,000, about 22 MB. */
  readonly maxEntries?: number;
  /** Unix ms; for tests. */
  readonly now?: () => number;
  /** Told once, when a key had to be forgotten before its retention was over. Default: `console.warn`. */
  readonly onEvict?: (message: string) => void;
}

interface Entry {
  state: 'pending' | 'free' | 'done';
  token: string;
  fence: number;
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
  // Two maps, each in order of age, so that the oldest settled entry is always the first.
  const pending = new Map<string, Entry>();
  const settled = new Map<string, Entry>();
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

  function sweep(map: Map<string, Entry>, at: number): void {
    let left = SWEEP;
    for (const [key, entry] of map) {
      if (left-- === 0 || !isStale(entry, at)) return;
      map.delete(key);
    }
  }

  function find(key: string, at: number): Entry | undefined {
    const entry = pending.get(key) ?? settled.get(key);
    if (entry === undefined || !isStale(entry, at)) return entry;
    pending.delete(key);
    settled.delete(key);
    return undefined;
  }

  function makeRoom(at: number): void {
    if (pending.size + settled.size < maxEntries) return;
    const [oldest] = settled;
    if (oldest !== undefined) {
      settled.delete(oldest[0]);
      if (!warned && oldest[1].expiresAt > at) {
        warned = true;
        warn(
          `[countersign] the memory store is full (${maxEntries} keys) and forgets deliveries before their retention is over: duplicates may run again. Use a shared store.`,
        );
      }
      return;
    }
    // Only claims are left, of which one may have died.
    for (const [key, entry] of pending) {
      if (entry.leaseUntil <= at) return void pending.delete(key);
    }
    throw new Error('the memory store is full of live claims');
  }

  function settle(key: string, entry: Entry, state: 'free' | 'done', expiresAt: number): void {
    entry.state = state;
    entry.expiresAt = expiresAt;
    pending.delete(key);
    settled.delete(key);
    settled.set(key, entry);
  }

  function claim(
    key: string,
    token: string,
    leaseMs: number,
    retentionMs: number,
    fingerprint?: string,
  ): ClaimResult {
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
    const next: Entry = {
      state: 'pending',
      token,
      fence: (entry?.fence ?? 0) + 1,
      attempt: (entry?.attempt ?? 0) + 1,
      leaseUntil: at + leaseMs,
      expiresAt: at + Math.max(leaseMs, retentionMs),
      fingerprint,
      outcome: 'ok',
      response: undefined,
    };
    pending.delete(key);
    settled.delete(key);
    pending.set(key, next);
    return claimed(next, entry?.state === 'pending');
  }

  const claimed = ({ fence, attempt }: Entry, takeover: boolean): ClaimResult => ({
    status: 'claimed',
    fence,
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
    async claim(key, { token, leaseMs, retentionMs, fingerprint }) {
      return claim(key, token, leaseMs, retentionMs, fingerprint);
    },
    async complete(key, { token, retentionMs, outcome = 'ok', response }) {
      const at = now();
      const entry = owned(key, token, at);
      if (entry === undefined || entry.state === 'free') return false;
      if (entry.state === 'done') return true;
      entry.outcome = outcome;
      entry.response = response;
      settle(key, entry, 'done', at + retentionMs);
      return true;
    },
    async release(key, { token, retentionMs }) {
      const at = now();
      const entry = owned(key, token, at);
      if (entry === undefined || entry.state === 'done') return false;
      if (entry.state === 'pending') settle(key, entry, 'free', at + retentionMs);
      return true;
    },
    async extend(key, { token, leaseMs }) {
      const at = now();
      const entry = owned(key, token, at);
      if (entry?.state !== 'pending') return false;
      entry.leaseUntil = at + leaseMs;
      entry.expiresAt = Math.max(entry.expiresAt, entry.leaseUntil);
      pending.delete(key);
      pending.set(key, entry);
      return true;
    },
    async forget(key) {
      return pending.delete(key) || settled.delete(key);
    },
    async purge({ limit = maxEntries } = {}) {
      const at = now();
      let purged = 0;
      for (const map of [pending, settled]) {
        for (const [key, entry] of map) {
          if (purged === limit) return purged;
          if (isStale(entry, at) && map.delete(key)) purged++;
        }
      }
      return purged;
    },
  };
}
