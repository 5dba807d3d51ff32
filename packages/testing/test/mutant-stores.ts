import {
  type ClaimRequest,
  type ClaimResult,
  type Completion,
  type DedupStore,
  memoryStore,
} from '@countersign/core';

/** A store with one mistake, and the check that is there to find it. */
export interface Mutant {
  readonly name: string;
  readonly fails: string;
  /** No other check finds it. */
  readonly alone?: true;
  open(): DedupStore;
}

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Claimed = Extract<ClaimResult, { status: 'claimed' }>;
type Busy = Extract<ClaimResult, { status: 'busy' }>;
type Done = Extract<ClaimResult, { status: 'done' }>;

/** The right store, but for what `twist` replaces. */
const twisted = (twist: (inner: DedupStore) => Partial<DedupStore>): (() => DedupStore) => {
  return () => {
    const inner = memoryStore({ maxEntries: 5000, onEvict() {} });
    return { ...inner, ...twist(inner) };
  };
};

/** The right store, but for how it answers a claim. */
const answering = (answer: (result: ClaimResult, request: ClaimRequest) => ClaimResult): (() => DedupStore) =>
  twisted((inner) => ({
    claim: async (key, request) => answer(await inner.claim(key, request), request),
  }));

const claimedAs = (
  change: (result: Claimed, request: ClaimRequest) => Partial<Claimed>,
): (() => DedupStore) =>
  answering((result, request) =>
    result.status === 'claimed' ? { ...result, ...change(result, request) } : result,
  );
const busyAs = (change: (result: Busy, request: ClaimRequest) => Busy): (() => DedupStore) =>
  answering((result, request) => (result.status === 'busy' ? change(result, request) : result));
const doneAs = (change: (result: Done) => Done): (() => DedupStore) =>
  answering((result) => (result.status === 'done' ? change(result) : result));

/** The right store, under other keys than it was given. */
const keyed = (rewrite: (key: string) => string): (() => DedupStore) =>
  twisted((inner) => ({
    claim: (key, claim) => inner.claim(rewrite(key), claim),
    complete: (key, completion) => inner.complete(rewrite(key), completion),
    release: (key, release) => inner.release(rewrite(key), release),
    extend: (key, extension) => inner.extend(rewrite(key), extension),
    forget: async (key) => (await inner.forget?.(rewrite(key))) === true,
  }));

/** A verb that takes anybody for the owner, as stores without tokens do. */
const trusting = (verb: 'complete' | 'release' | 'extend'): (() => DedupStore) =>
  twisted((inner) => {
    const owners = new Map<string, string>();
    const asOwner = <Request extends { token: string }>(key: string, request: Request): Request => ({
      ...request,
      token: owners.get(key) ?? request.token,
    });
    const verbs: Pick<DedupStore, 'complete' | 'release' | 'extend'> = {
      complete: (key, completion) => inner.complete(key, asOwner(key, completion)),
      release: (key, release) => inner.release(key, asOwner(key, release)),
      extend: (key, extension) => inner.extend(key, asOwner(key, extension)),
    };
    return {
      async claim(key, claim) {
        const result = await inner.claim(key, claim);
        if (result.status === 'claimed') owners.set(key, claim.token);
        return result;
      },
      [verb]: verbs[verb],
    };
  });

/** What adapters over a plain key-value client look like: values, expiry, and nothing else. */
class KeyValue {
  readonly #rows = new Map<string, { value: string; until: number }>();

  get(key: string): string | undefined {
    const row = this.#rows.get(key);
    if (row !== undefined && row.until > Date.now()) return row.value;
    this.#rows.delete(key);
    return undefined;
  }

  set(key: string, value: string, ttl: number): void {
    this.#rows.set(key, { value, until: Date.now() + ttl });
  }

  /** Redis's `SET NX PX`. */
  setIfAbsent(key: string, value: string, ttl: number): boolean {
    if (this.get(key) !== undefined) return false;
    this.set(key, value, ttl);
    return true;
  }

  delete(key: string): boolean {
    return this.#rows.delete(key);
  }
}

const capabilities = { atomic: true, shared: false, durable: 'none', clock: 'server' } as const;

const first: Claimed = { status: 'claimed', fence: 1, attempt: 1, takeover: false };

/** GET, then SET: between the two, everybody else gets in. */
function getThenSet(): DedupStore {
  const rows = new KeyValue();
  return {
    name: 'get-then-set',
    capabilities,
    async claim(key, { leaseMs }) {
      const value = rows.get(key);
      await pause();
      if (value === 'done') return { status: 'done', outcome: 'ok' };
      if (value !== undefined) return { status: 'busy', retryAfterMs: 1 };
      rows.set(key, 'pending', leaseMs);
      return first;
    },
    async complete(key, { retentionMs }) {
      rows.set(key, 'done', retentionMs);
      return true;
    },
    release: async (key) => rows.delete(key),
    async extend(key, { leaseMs }) {
      if (rows.get(key) !== 'pending') return false;
      rows.set(key, 'pending', leaseMs);
      return true;
    },
  };
}

/** `SET NX PX` and `DEL`, as the blog posts have it: atomic, but nobody owns anything. */
function setIfAbsent(ttl: (request: ClaimRequest) => number): DedupStore {
  const rows = new KeyValue();
  return {
    name: 'set-nx',
    capabilities,
    async claim(key, request) {
      if (rows.setIfAbsent(key, 'pending', ttl(request))) return first;
      return rows.get(key) === 'done'
        ? { status: 'done', outcome: 'ok' }
        : { status: 'busy', retryAfterMs: request.leaseMs };
    },
    async complete(key, { retentionMs }) {
      rows.set(key, 'done', retentionMs);
      return true;
    },
    release: async (key) => rows.delete(key),
    async extend(key, { leaseMs }) {
      if (rows.get(key) !== 'pending') return false;
      rows.set(key, 'pending', leaseMs);
      return true;
    },
  };
}

/** An expired record is taken for "go on", and not claimed. */
const expiryOnReadOnly = twisted((inner) => {
  const expiries = new Map<string, number>();
  return {
    async claim(key, claim) {
      const expiry = expiries.get(key);
      return expiry !== undefined && expiry <= Date.now() ? first : inner.claim(key, claim);
    },
    async complete(key, completion) {
      expiries.set(key, Date.now() + completion.retentionMs);
      return inner.complete(key, completion);
    },
  };
});

/** The lease is looked at, and the takeover written later. */
const slowTakeover = twisted((inner) => {
  const leases = new Map<string, number>();
  return {
    async claim(key, claim) {
      const over = leases.get(key);
      const isTakeover = over !== undefined && over <= Date.now();
      if (isTakeover) {
        await pause();
        await inner.forget?.(key);
      }
      const result = await inner.claim(key, claim);
      if (result.status === 'claimed') leases.set(key, Date.now() + claim.leaseMs);
      return isTakeover && result.status === 'claimed'
        ? { ...result, attempt: 2, fence: 2, takeover: true }
        : result;
    },
    async complete(key, completion) {
      leases.delete(key);
      return inner.complete(key, completion);
    },
    async release(key, release) {
      leases.delete(key);
      return inner.release(key, release);
    },
    async extend(key, extension) {
      leases.set(key, Date.now() + extension.leaseMs);
      return inner.extend(key, extension);
    },
  };
});

/** Pending rows go when the retention is over, whatever the lease. */
const retentionEndsLease = twisted((inner) => {
  const expiries = new Map<string, number>();
  return {
    async claim(key, claim) {
      if ((expiries.get(key) ?? Number.POSITIVE_INFINITY) <= Date.now()) await inner.forget?.(key);
      const result = await inner.claim(key, claim);
      if (result.status === 'claimed') expiries.set(key, Date.now() + claim.retentionMs);
      return result;
    },
  };
});

/** The record dies with the lease, because both share one expiry. */
const doneDiesWithLease = twisted((inner) => {
  const leases = new Map<string, number>();
  return {
    async claim(key, claim) {
      const result = await inner.claim(key, claim);
      if (result.status === 'claimed') leases.set(key, claim.leaseMs);
      return result;
    },
    complete: (key, completion) =>
      inner.complete(key, { ...completion, retentionMs: leases.get(key) ?? completion.retentionMs }),
  };
});

/** A verb that finds nothing left to do the second time, and says so. */
const worksOnce = (verb: 'complete' | 'release'): (() => DedupStore) =>
  twisted((inner) => {
    const seen = new Set<string>();
    function isNew(token: string): boolean {
      const before = seen.size;
      return seen.add(token).size > before;
    }
    return verb === 'complete'
      ? { complete: async (key, request) => isNew(request.token) && inner.complete(key, request) }
      : { release: async (key, request) => isNew(request.token) && inner.release(key, request) };
  });

const sameTokenIsBusy = twisted((inner) => {
  const held = new Map<string, string>();
  return {
    async claim(key, claim) {
      const result = await inner.claim(key, claim);
      if (result.status !== 'claimed') return result;
      if (held.get(key) === claim.token) return { status: 'busy', retryAfterMs: claim.leaseMs };
      held.set(key, claim.token);
      return result;
    },
  };
});

const sameTokenClaimsAnew = twisted((inner) => {
  const held = new Map<string, string>();
  return {
    async claim(key, claim) {
      const result = await inner.claim(key, claim);
      if (result.status !== 'claimed') return result;
      const again = held.get(key) === claim.token;
      held.set(key, claim.token);
      return again ? { ...result, fence: result.fence + 1, attempt: result.attempt + 1 } : result;
    },
  };
});

/** Asks who owns a key before it asks whether the key is done. */
const ownerFindsDoneFree = twisted((inner) => {
  const held = new Map<string, string>();
  return {
    async claim(key, claim) {
      if (held.get(key) === claim.token) return first;
      const result = await inner.claim(key, claim);
      if (result.status === 'claimed') held.set(key, claim.token);
      return result;
    },
  };
});

const leaseCheckedOnComplete = twisted((inner) => {
  const leases = new Map<string, number>();
  return {
    async claim(key, claim) {
      const result = await inner.claim(key, claim);
      if (result.status === 'claimed') leases.set(key, Date.now() + claim.leaseMs);
      return result;
    },
    async extend(key, extension) {
      leases.set(key, Date.now() + extension.leaseMs);
      return inner.extend(key, extension);
    },
    complete: async (key, completion) =>
      (leases.get(key) ?? 0) > Date.now() && inner.complete(key, completion),
  };
});

/** Deleting is the shortest way to free a key, and forgets the fence with it. */
const releaseDeletes = twisted((inner) => ({
  async release(key, release) {
    const released = await inner.release(key, release);
    if (released) await inner.forget?.(key);
    return released;
  },
}));

/** What is free keeps the expiry of the lease. */
const freeDiesWithLease = twisted((inner) => {
  const leases = new Map<string, number>();
  return {
    async claim(key, claim) {
      const result = await inner.claim(key, claim);
      if (result.status === 'claimed') leases.set(key, claim.leaseMs);
      return result;
    },
    release: (key, release) =>
      inner.release(key, { ...release, retentionMs: leases.get(key) ?? release.retentionMs }),
  };
});

/** A plain DEL, where the key is done. */
const releaseUndoesDone = twisted((inner) => ({
  async release(key, release) {
    if (await inner.release(key, release)) return true;
    const { status } = await inner.claim(key, { ...release, leaseMs: release.retentionMs });
    return status === 'done' && (await inner.forget?.(key)) === true;
  },
}));

/** Sets the key whatever was there, as an upsert without a condition does. */
const completeUpserts = twisted((inner) => ({
  async complete(key, completion) {
    if (await inner.complete(key, completion)) return true;
    const { status } = await inner.claim(key, { ...completion, leaseMs: completion.retentionMs });
    if (status === 'done') return true;
    return inner.complete(key, completion);
  },
}));

/** Writes the lease without looking at the state. */
const extendRevives = twisted((inner) => ({
  async extend(key, { token, leaseMs }) {
    if (await inner.extend(key, { token, leaseMs })) return true;
    const wasFree = await inner.release(key, { token, retentionMs: leaseMs });
    return wasFree && (await inner.claim(key, { token, leaseMs, retentionMs: leaseMs })).status === 'claimed';
  },
}));

/** An operator's override that respects live leases. */
const forgetSparesTheLiving = twisted((inner) => ({
  async forget(key) {
    const { status } = await inner.claim(key, { token: 'operator', leaseMs: 1, retentionMs: 1 });
    return status !== 'busy' && (await inner.forget?.(key)) === true;
  },
}));

/** Deletes by age alone. */
const purgeTakesTheLiving = twisted((inner) => {
  const expiries = new Map<string, number>();
  return {
    async claim(key, claim) {
      const result = await inner.claim(key, claim);
      if (result.status === 'claimed') expiries.set(key, Date.now() + claim.retentionMs);
      return result;
    },
    async purge(options) {
      for (const [key, expiry] of expiries) if (expiry <= Date.now()) await inner.forget?.(key);
      return Number(await inner.purge?.(options));
    },
  };
});

/** Remembers who owns what, as a store with one mistake does. */
const withOwners = (
  twist: (inner: DedupStore, owners: ReadonlyMap<string, ClaimRequest>) => Partial<DedupStore>,
): (() => DedupStore) =>
  twisted((inner) => {
    const owners = new Map<string, ClaimRequest>();
    const remembering: DedupStore = {
      ...inner,
      async claim(key, claim) {
        const result = await inner.claim(key, claim);
        if (result.status === 'claimed') owners.set(key, claim);
        return result;
      },
    };
    return { claim: remembering.claim, ...twist(remembering, owners) };
  });

/** A claim that asks in vain writes its own lease all the same. */
const duplicateProlongsLease = withOwners((inner, owners) => ({
  async claim(key, claim) {
    const result = await inner.claim(key, claim);
    const token = owners.get(key)?.token;
    if (result.status === 'busy' && token) await inner.extend(key, { token, leaseMs: claim.leaseMs });
    return result;
  },
}));

/** Keeps the expiry of what is done by itself, to let it be moved. */
const movingExpiry = (move: (expiry: number, wanted: number) => number): (() => DedupStore) =>
  twisted((inner) => {
    const expiries = new Map<string, number>();
    async function expire(key: string): Promise<boolean> {
      if ((expiries.get(key) ?? Number.POSITIVE_INFINITY) > Date.now()) return false;
      expiries.delete(key);
      return (await inner.forget?.(key)) === true;
    }
    return {
      async claim(key, claim) {
        await expire(key);
        const result = await inner.claim(key, claim);
        const expiry = expiries.get(key);
        if (result.status === 'done' && expiry !== undefined) {
          expiries.set(key, move(expiry, Date.now() + claim.retentionMs));
        }
        return result;
      },
      async complete(key, completion) {
        const completed = await inner.complete(key, { ...completion, retentionMs: 1e9 });
        if (completed && !expiries.has(key)) expiries.set(key, Date.now() + completion.retentionMs);
        return completed;
      },
      async forget(key) {
        expiries.delete(key);
        return (await inner.forget?.(key)) === true;
      },
      async purge({ limit = Number.POSITIVE_INFINITY } = {}) {
        let purged = 0;
        for (const key of expiries.keys()) if (purged < limit && (await expire(key))) purged++;
        return purged;
      },
    };
  });

/** Looks at the token, and not at the state. */
const completesTheReleased = (isWritten: boolean): (() => DedupStore) =>
  twisted((inner) => {
    const released = new Map<string, string>();
    return {
      async claim(key, claim) {
        const result = await inner.claim(key, claim);
        if (result.status === 'claimed') released.delete(key);
        return result;
      },
      async release(key, release) {
        const done = await inner.release(key, release);
        if (done) released.set(key, release.token);
        return done;
      },
      async complete(key, completion) {
        if (await inner.complete(key, completion)) return true;
        const { token } = completion;
        if (released.get(key) !== token) return false;
        if (!isWritten) return true;
        await inner.claim(key, { ...completion, leaseMs: completion.retentionMs });
        return inner.complete(key, completion);
      },
    };
  });

/** The second completion is written over the first. */
const completesAnew = twisted((inner) => {
  const done = new Map<string, Completion>();
  return {
    async claim(key, claim) {
      const result = await inner.claim(key, claim);
      const last = done.get(key);
      if (result.status !== 'done' || last === undefined) return result;
      return { ...result, outcome: last.outcome ?? 'ok', response: last.response };
    },
    async complete(key, completion) {
      const completed = await inner.complete(key, completion);
      if (completed) done.set(key, completion);
      return completed;
    },
  };
});

/** True for its owner, whatever the state, and without a change. */
const extendIsAlwaysTrue = withOwners((inner, owners) => ({
  async extend(key, extension) {
    return (await inner.extend(key, extension)) || owners.get(key)?.token === extension.token;
  },
}));

/** The lease moves, and the expiry of the record stays where it was. */
const extendForgetsExpiry = twisted((inner) => {
  const expiries = new Map<string, number>();
  return {
    async claim(key, claim) {
      if ((expiries.get(key) ?? Number.POSITIVE_INFINITY) <= Date.now()) await inner.forget?.(key);
      const result = await inner.claim(key, claim);
      if (result.status === 'claimed') {
        expiries.set(key, Date.now() + Math.max(claim.leaseMs, claim.retentionMs));
      }
      return result;
    },
    async complete(key, completion) {
      expiries.delete(key);
      return inner.complete(key, completion);
    },
    async release(key, release) {
      expiries.delete(key);
      return inner.release(key, release);
    },
  };
});

const extendWorksOnce = twisted((inner) => {
  const seen = new Set<string>();
  return {
    async extend(key, extension) {
      if (seen.has(extension.token)) return false;
      seen.add(extension.token);
      return inner.extend(key, extension);
    },
  };
});

const withoutFingerprint = <Answer extends Busy | Done>({ fingerprint: _, ...rest }: Answer): Answer =>
  rest as Answer;

export const mutants: readonly Mutant[] = [
  { name: 'get, then set', fails: 'of 32 claims at once', open: getThenSet },
  {
    name: 'set if absent, without a token',
    fails: 'a stale owner cannot complete',
    open: () => setIfAbsent(({ leaseMs }) => leaseMs),
  },
  {
    name: 'one expiry for lock and record: the longer',
    fails: 'when a lease is over',
    open: () => setIfAbsent(({ leaseMs, retentionMs }) => Math.max(leaseMs, retentionMs)),
  },
  {
    name: 'one expiry for lock and record: the shorter',
    fails: 'stays done beyond its lease',
    open: doneDiesWithLease,
  },
  {
    name: 'an expired record is taken for "go on"',
    fails: 'when a retention is over',
    open: expiryOnReadOnly,
  },
  {
    name: 'an expired record blocks its key',
    fails: 'when a retention is over',
    open: twisted((inner) => ({
      complete: (key, completion) => inner.complete(key, { ...completion, retentionMs: 1e9 }),
    })),
  },
  { name: 'a takeover in two steps', fails: 'of 32 takeovers at once', open: slowTakeover },
  { name: 'every claim succeeds', fails: 'the first claim of a key succeeds', open: answering(() => first) },
  {
    name: 'the fence does not grow',
    fails: 'attempts and fences grow',
    open: claimedAs(() => ({ fence: 1 })),
  },
  { name: 'attempts are not counted', fails: 'for attempt 2', open: claimedAs(() => ({ attempt: 1 })) },
  {
    name: 'a takeover is not flagged',
    fails: 'when a lease is over',
    open: claimedAs(() => ({ takeover: false })),
  },
  {
    name: 'every second attempt is flagged as a takeover',
    fails: 'a released key is free at once',
    open: claimedAs(({ attempt }) => ({ takeover: attempt > 1 })),
  },
  {
    name: 'busy does not say for how long',
    fails: 'busy says',
    open: busyAs((result) => ({ ...result, retryAfterMs: 0 })),
  },
  {
    name: 'busy says until when, not for how long',
    fails: 'busy says',
    open: busyAs((result) => ({ ...result, retryAfterMs: Date.now() + result.retryAfterMs })),
  },
  { name: 'busy forgets the fingerprint', fails: 'the fingerprint', open: busyAs(withoutFingerprint) },
  { name: 'done forgets the fingerprint', fails: 'the fingerprint', open: doneAs(withoutFingerprint) },
  {
    name: 'done forgets the outcome',
    fails: 'the outcome',
    open: doneAs((result) => ({ ...result, outcome: 'ok' })),
  },
  {
    name: 'done forgets the response',
    fails: 'the response',
    open: doneAs(({ response: _, ...result }) => result),
  },
  {
    name: 'an empty body is taken for no response',
    fails: 'the response',
    open: doneAs(({ response, ...result }) => (response?.body ? { ...result, response } : result)),
  },
  { name: 'a claim sent again is busy', fails: 'under its own token', open: sameTokenIsBusy },
  {
    name: 'a claim sent again counts as an attempt',
    fails: 'under its own token',
    open: sameTokenClaimsAnew,
  },
  {
    name: 'the owner is asked for before the state',
    fails: 'a completed key is done',
    open: ownerFindsDoneFree,
  },
  { name: 'anyone may complete', fails: 'a stale owner cannot complete', open: trusting('complete') },
  { name: 'anyone may release', fails: 'a stale owner cannot release', open: trusting('release') },
  { name: 'anyone may extend', fails: 'a stale owner cannot extend', open: trusting('extend') },
  {
    name: 'a duplicate prolongs the lease',
    fails: 'does not prolong a live lease',
    alone: true,
    open: duplicateProlongsLease,
  },
  {
    name: 'a duplicate prolongs what is done',
    fails: 'how long a done record is kept',
    alone: true,
    open: movingExpiry((expiry, wanted) => Math.max(expiry, wanted)),
  },
  {
    name: 'a duplicate shortens what is done',
    fails: 'how long a done record is kept',
    alone: true,
    open: movingExpiry((expiry, wanted) => Math.min(expiry, wanted)),
  },
  {
    name: 'complete writes what was released',
    fails: 'what was released cannot be completed',
    alone: true,
    open: completesTheReleased(true),
  },
  {
    name: 'complete is true for what was released',
    fails: 'what was released cannot be completed',
    alone: true,
    open: completesTheReleased(false),
  },
  {
    name: 'complete overwrites what is done',
    fails: 'a completion that comes again changes nothing',
    alone: true,
    open: completesAnew,
  },
  {
    name: 'extend is true for what is settled',
    fails: 'what is settled cannot be extended',
    alone: true,
    open: extendIsAlwaysTrue,
  },
  {
    name: 'extend leaves the expiry of the record',
    fails: 'beyond a short retention',
    alone: true,
    open: extendForgetsExpiry,
  },
  {
    name: 'extend works once',
    fails: 'an extension whose reply was lost',
    alone: true,
    open: extendWorksOnce,
  },
  { name: 'complete works once', fails: 'a completion that comes again', open: worksOnce('complete') },
  { name: 'release works once', fails: 'a release that comes again', open: worksOnce('release') },
  { name: 'complete looks at the lease', fails: 'a late completion', open: leaseCheckedOnComplete },
  { name: 'complete inserts what is not there', fails: 'a key that nobody claimed', open: completeUpserts },
  {
    name: 'complete does nothing',
    fails: 'a completed key is done',
    open: twisted(() => ({ complete: async () => true })),
  },
  { name: 'release deletes the record', fails: 'a released key is free at once', open: releaseDeletes },
  {
    name: 'what is released is forgotten with its lease',
    fails: 'beyond the lease',
    open: freeDiesWithLease,
  },
  {
    name: 'release does nothing',
    fails: 'a released key is free at once',
    open: twisted(() => ({ release: async () => true })),
  },
  { name: 'release undoes what is done', fails: 'what is done cannot be released', open: releaseUndoesDone },
  {
    name: 'extend does nothing',
    fails: 'extend holds a lease',
    open: twisted(() => ({ extend: async () => true })),
  },
  {
    name: 'extend is refused',
    fails: 'extend holds a lease',
    open: twisted(() => ({ extend: async () => false })),
  },
  { name: 'extend writes whatever the state', fails: 'revives nothing', open: extendRevives },
  {
    name: 'a retention ends a live lease',
    fails: 'a retention shorter than the lease',
    open: retentionEndsLease,
  },
  { name: 'keys without case', fails: 'keys are byte-exact', open: keyed((key) => key.toLowerCase()) },
  { name: 'keys are trimmed', fails: 'keys are byte-exact', open: keyed((key) => key.trimEnd()) },
  { name: 'keys are normalised', fails: 'keys are byte-exact', open: keyed((key) => key.normalize()) },
  { name: 'keys are decoded', fails: 'keys are byte-exact', open: keyed((key) => key.replace(/%7C/gi, '|')) },
  { name: 'long keys are cut', fails: 'keys are byte-exact', open: keyed((key) => key.slice(0, 191)) },
  { name: 'forget does nothing', fails: 'forget', open: twisted(() => ({ forget: async () => true })) },
  { name: 'forget spares live claims', fails: 'forget', open: forgetSparesTheLiving },
  { name: 'purge does nothing', fails: 'purge', open: twisted(() => ({ purge: async () => 0 })) },
  { name: 'purge removes live claims', fails: 'purge', open: purgeTakesTheLiving },
  {
    name: 'purge knows no limit',
    fails: 'purge',
    open: twisted((inner) => ({ purge: async () => Number(await inner.purge?.()) })),
  },
];
