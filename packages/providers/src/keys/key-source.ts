import { Flights, isFresh } from './flights.ts';
import { keyUnavailable } from './key-unavailable.ts';

export interface KeySourceRules<Key> {
  /** Fetches a key; `undefined`: the vendor knows no such one. */
  load(id: string): Promise<Key | undefined>;
  /** ms for which a key is kept. Default: a day. */
  readonly ttl?: number;
  /** ms for which it is remembered that there is no such key. Default: a minute. */
  readonly absence?: number;
  /** Loads of keys never had before, per minute: what a flood of made up ids can cause. Default: 30. */
  readonly loads?: number;
}

/** Finds a key by its id or address. `now`: the receiver's clock, Unix ms. */
export type FindKey<Key> = (id: string, now: number) => Promise<Key | undefined>;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** ms for which a failure is not tried again. */
const PAUSE = 5_000;
/** Ids kept. Vendors have a handful; the rest is made up. */
const KEPT = 256;

interface Kept<Value> {
  readonly at: number;
  readonly value: Value;
}

/** Keeps the latest; the oldest goes. */
function keep<Value>(map: Map<string, Kept<Value>>, id: string, entry: Kept<Value>): void {
  map.delete(id);
  map.set(id, entry);
  if (map.size > KEPT) map.delete(map.keys().next().value as string);
}

/**
 * Keys by id, each loaded once and kept. An id that is not known costs at most one load, and all such ids together
 * `loads` a minute: beyond that it cannot be said whether one is genuine, so it is asked to come again.
 *
 * @returns rejects with a WebhookError `ERR_WEBHOOK_KEY_UNAVAILABLE`
 */
export function createKeySource<Key>(rules: KeySourceRules<Key>): FindKey<Key> {
  const { ttl = DAY, absence = MINUTE, loads = 30 } = rules;
  const known = new Map<string, Kept<Key>>();
  const absent = new Map<string, Kept<undefined>>();
  const failed = new Map<string, Kept<unknown>>();
  const flights = new Flights<Key | undefined>();
  let minute = { at: -Infinity, left: loads };

  function spend(now: number): void {
    if (!isFresh(minute.at, MINUTE, now)) minute = { at: now, left: loads };
    if (minute.left === 0)
      throw keyUnavailable('too many unknown key ids at once: not looked up for a minute');
    minute.left--;
  }

  async function load(id: string, now: number): Promise<Key | undefined> {
    try {
      const key = await rules.load(id);
      known.delete(id);
      if (key === undefined) keep(absent, id, { at: now, value: undefined });
      else keep(known, id, { at: now, value: key });
      return key;
    } catch (cause) {
      keep(failed, id, { at: now, value: cause });
      throw cause;
    }
  }

  return async function find(id, now) {
    const held = known.get(id);
    if (held && isFresh(held.at, ttl, now)) return held.value;
    const missing = absent.get(id);
    if (missing && isFresh(missing.at, absence, now)) return undefined;
    const failure = failed.get(id);
    if (failure && isFresh(failure.at, PAUSE, now)) throw failure.value;
    return flights.join(id, () => {
      if (held === undefined) spend(now);
      return load(id, now);
    });
  };
}
