import type { Admitted } from './admission.ts';
import { type Claim, joinClaims } from './claim.ts';
import { contentPart, dedupKey, fingerprint, idPart } from './dedup-key.ts';
import type { WebhookEvent } from './event.ts';
import type { Gate, GateEntry } from './gate.ts';
import type { Observer } from './hooks.ts';
import type { Provider } from './provider.ts';
import type { Settings } from './receiver-options.ts';

/** Asks the gate whether an event may run. */
export type Entrance = (admitted: Admitted) => Promise<GateEntry>;

export function createEntrance(
  provider: Provider,
  settings: Settings,
  gate: Gate,
  observer: Observer<WebhookEvent>,
): Entrance {
  const { name, store, tenant, replayGuard } = settings;
  if (store === false) return () => gate.enter('');

  /** Signed content that was handled under another id is a replay, if the id is one that anyone can change. */
  async function guard(claim: Claim, key: string, event: WebhookEvent): Promise<GateEntry> {
    const second = await gate.enter(key);
    if (second.status === 'claimed') return { status: 'claimed', claim: joinClaims(claim, second.claim) };
    if (second.status === 'done') observer.notice('onReplay', event);
    if (replayGuard === 'report' && second.status !== 'unavailable') return { status: 'claimed', claim };
    await claim.release();
    return second;
  }

  return async function enter({ event, message: { content, scheme } }) {
    // An empty id is none: it would be the same for all.
    const own = settings.dedupKey?.(event) || event.id || undefined;
    const whole = scheme.covers.includes('body') ? content : [...content, event.body];
    const keyOf = async (id: Promise<string>) => dedupKey(provider.name, name, tenant(event), await id);
    const print = await fingerprint(event.body);
    const entry = await gate.enter(await keyOf(idPart(own, whole)), print);
    if (entry.status === 'claimed') {
      const isGuarded = replayGuard !== undefined && own !== undefined && !event.signed.id;
      return isGuarded ? guard(entry.claim, await keyOf(contentPart(content)), event) : entry;
    }
    if (entry.status !== 'unavailable' && entry.fingerprint !== print)
      observer.notice('onFingerprintMismatch', event);
    return entry;
  };
}
