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

export function createEntrance(settings: Settings, observer: Observer<WebhookEvent>): Entrance {
  const { fingerprint, replayGuard } = settings;

  return function entrance(event, { key, print, guard }) {
    let told: readonly Notice[] = NOTHING;

    /** A duplicate that waits is looked at many times. */
    function tell(notice: Notice): void {
      if (!told.includes(notice)) observer.notice(notice, event);
      told = [...told, notice];
    }

    const takeOwn = (take: Take): MaybePromise<Entry> =>
      andThen(take(key, print), (entry) => own(take, entry));

    function own(take: Take, entry: LetThrough | Refusal): MaybePromise<Entry> {
      if (entry.status !== 'done' && entry.status !== 'busy') return entry;
      const isSame = print === undefined || entry.fingerprint === undefined || entry.fingerprint === print;
      if (isSame) return entry;
      tell('onFingerprintMismatch');
      if (fingerprint === 'reject') return { status: 'mismatch' };
      return fingerprint === 'process' ? take(bodyKey(key, print)) : entry;
    }

    /** Signed content that was handled under another id is a replay, if the id is one that anyone can change. */
    async function takeContent(
      take: Take,
      { key: content, owner }: NonNullable<Identity['guard']>,
    ): Promise<Entry> {
      const entry = await take(content, owner);
      if (entry.status === 'claimed' || entry.status === 'unavailable') return entry;
      const isDone = entry.status === 'done';
      // Under this id: it was forgotten, to be run again.
      if (isDone && entry.fingerprint === owner) return { status: 'claimed' };
      if (isDone) tell('onReplay');
      return replayGuard === 'report' ? { status: 'claimed' } : entry;
    }

    if (guard === undefined) return takeOwn;
    return (take) =>
      andThen(takeOwn(take), (entry) => (entry.status === 'claimed' ? takeContent(take, guard) : entry));
  };
}
