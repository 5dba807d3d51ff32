import { bodyKey } from './dedup-key.ts';
import type { WebhookEvent } from './event.ts';
import type { Notice, Observer } from './hooks.ts';
import type { Identity } from './identity.ts';
import type { Enter, LetThrough, Refusal, Take } from './keeper.ts';
import { andThen, type MaybePromise } from './maybe-promise.ts';
import type { Mismatch } from './outcome.ts';
import type { Settings } from './receiver-options.ts';

/** Decides whether an event may run, by the keys that it is known by. */
export type Entrance = (event: WebhookEvent, identity: Identity) => Enter<Refusal | Mismatch>;

const NOTHING: readonly Notice[] = [];

type Entry = LetThrough | Refusal | Mismatch;

/** A delivery at the door. A duplicate that waits is looked at many times, and told of once. */
interface Arrival {
  readonly event: WebhookEvent;
  readonly identity: Identity;
  told: readonly Notice[];
}

interface Asking {
  readonly take: Take;
  readonly arrival: Arrival;
}

export function createEntrance(settings: Settings, observer: Observer<WebhookEvent>): Entrance {
  const { fingerprint, replayGuard } = settings;

  function tell(arrival: Arrival, notice: Notice): void {
    if (arrival.told.includes(notice)) return;
    arrival.told = [...arrival.told, notice];
    observer.notice(notice, arrival.event);
  }

  function own(entry: LetThrough | Refusal, { take, arrival }: Asking): MaybePromise<Entry> {
    if (entry.status !== 'done' && entry.status !== 'busy') return entry;
    const { key, print } = arrival.identity;
    const isSame = print === undefined || entry.fingerprint === undefined || entry.fingerprint === print;
    if (isSame) return entry;
    tell(arrival, 'onFingerprintMismatch');
    if (fingerprint === 'reject') return { status: 'mismatch' };
    return fingerprint === 'process' ? take(bodyKey(key, print)) : entry;
  }

  /** Signed content that was handled under another id is a replay, if the id is one that anyone can change. */
  async function content(own: Entry, { take, arrival }: Asking): Promise<Entry> {
    const { guard } = arrival.identity;
    if (guard === undefined || own.status !== 'claimed') return own;
    const entry = await take(guard.key, guard.owner);
    if (entry.status === 'claimed' || entry.status === 'unavailable') return entry;
    const isDone = entry.status === 'done';
    // Under this id: it was forgotten, to be run again.
    if (isDone && entry.fingerprint === guard.owner) return { status: 'claimed' };
    if (isDone) tell(arrival, 'onReplay');
    return replayGuard === 'report' ? { status: 'claimed' } : entry;
  }

  return function entrance(event, identity) {
    const arrival = { event, identity, told: NOTHING };
    return function enter(take) {
      const asking = { take, arrival };
      const entering = andThen(take(identity.key, identity.print), own, asking);
      return identity.guard === undefined ? entering : andThen(entering, content, asking);
    };
  };
}
