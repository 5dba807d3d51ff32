import { crypto } from '#crypto';
import type { Admitted } from './admission.ts';
import type { Chunk } from './bytes.ts';
import { contentPart, dedupKey, fingerprint, keyPart, ownerPrint } from './dedup-key.ts';
import { WebhookError } from './errors.ts';
import type { WebhookEvent } from './event.ts';
import type { Observer } from './hooks.ts';
import { allOf, andThen, type MaybePromise } from './maybe-promise.ts';
import type { Anonymous, Provider } from './provider.ts';
import type { Settings } from './receiver-options.ts';
import type { Message } from './verify.ts';

/** What a delivery is known by in the store. */
export interface Identity {
  readonly key: string;
  /** Of its raw bytes; `undefined` where they are not compared. */
  readonly print: string | undefined;
  /** The second key of one whose id is not signed: its content, and whose that was. */
  readonly guard: { readonly key: string; readonly owner: string } | undefined;
}

/** What stands for the id of a delivery that has none. */
const anonymous: Record<Anonymous, (message: Message) => readonly Chunk[]> = {
  content: ({ scheme, content, body }) => (scheme.covers.includes('body') ? content : [...content, body]),
  body: ({ body }) => [body],
  nothing: () => [crypto.token()],
};

export type Identify = (admitted: Admitted) => MaybePromise<Identity>;

export function createIdentify(
  provider: Provider,
  settings: Settings,
  observer: Observer<WebhookEvent>,
): Identify {
  const { name, tenant, replayGuard, onMissingId } = settings;

  /** An empty id is none: it would be the same for all. */
  function idOf(event: WebhookEvent): string | undefined {
    const given = settings.dedupKey?.(event) ?? '';
    const id = given === '' ? event.id || undefined : given;
    if (id === undefined && onMissingId === 'reject') {
      const message =
        "the delivery has no id, and onMissingId is 'reject': set `dedupKey`, or process it by its content";
      throw new WebhookError('ERR_WEBHOOK_ID_REQUIRED', message);
    }
    if (id === undefined) observer.notice('onMissingId', event);
    return id;
  }

  const printOf = (event: WebhookEvent): MaybePromise<string | undefined> =>
    settings.fingerprint === 'ignore' ? undefined : fingerprint(event.body);

  return function identify({ event, message }) {
    const id = idOf(event);
    const whose = keyPart(tenant(event));
    const keyOf = (part: MaybePromise<string>) => dedupKey(provider.name, keyPart(name), whose, part);
    const key = keyOf(id === undefined ? contentPart(anonymous[provider.anonymous](message)) : keyPart(id));
    const isGuarded = replayGuard !== undefined && id !== undefined && !event.signed.id;
    const guard = isGuarded
      ? andThen(allOf([keyOf(contentPart(message.content)), andThen(key, ownerPrint)]), toGuard)
      : undefined;
    return andThen(allOf([key, printOf(event), guard]), toIdentity);
  };
}

const toGuard = ([key, owner]: readonly [string, string]): Identity['guard'] => ({ key, owner });

const toIdentity = ([key, print, guard]: readonly [
  string,
  string | undefined,
  Identity['guard'],
]): Identity => ({ key, print, guard });
