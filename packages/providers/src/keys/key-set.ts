import { Flights, isFresh } from './flights.ts';

export interface KeySetRules<Key> {
  /** Fetches all keys, by their ids. */
  load(): Promise<ReadonlyMap<string, Key>>;
  /** ms for which the set is kept. Default: a day. */
  readonly ttl?: number;
  /** ms between two loads on account of an id that is not in it. Default: 30 s. */
  readonly coolDown?: number;
}

/** All of a vendor's keys, in one document. `now`: the receiver's clock, Unix ms. */
export interface KeySet<Key> {
  keys(now: number): Promise<ReadonlyMap<string, Key>>;
  /** The set loaded anew, for a key that was not in it; `undefined` when it is fresh enough to say that there is none. */
  renewed(now: number): Promise<ReadonlyMap<string, Key> | undefined>;
}

const DAY = 86_400_000;
const COOL_DOWN = 30_000;
/** ms for which a failure is not tried again. */
const PAUSE = 5_000;

/** @returns both of its methods reject with a WebhookError `ERR_WEBHOOK_KEY_UNAVAILABLE` */
export function createKeySet<Key>({ load, ttl = DAY, coolDown = COOL_DOWN }: KeySetRules<Key>): KeySet<Key> {
  const flights = new Flights<ReadonlyMap<string, Key>>();
  let held: { readonly at: number; readonly keys: ReadonlyMap<string, Key> } | undefined;
  let failure: { readonly at: number; readonly cause: unknown } | undefined;

  async function fetchKeys(now: number): Promise<ReadonlyMap<string, Key>> {
    if (failure && isFresh(failure.at, PAUSE, now)) throw failure.cause;
    return flights.join('', async () => {
      try {
        held = { at: now, keys: await load() };
        failure = undefined;
        return held.keys;
      } catch (cause) {
        failure = { at: now, cause };
        throw cause;
      }
    });
  }

  return {
    keys: async (now) => (held && isFresh(held.at, ttl, now) ? held.keys : fetchKeys(now)),
    renewed: async (now) => (held && isFresh(held.at, coolDown, now) ? undefined : fetchKeys(now)),
  };
}

/** The key of this id, looking again when it is not there. */
export async function keyInSet<Key>(set: KeySet<Key>, id: string, now: number): Promise<Key | undefined> {
  return (await set.keys(now)).get(id) ?? (await set.renewed(now))?.get(id);
}
