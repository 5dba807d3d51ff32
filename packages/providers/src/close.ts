import { defineProvider, type Envelope, hmac, type Proof, type ProviderFactory } from '@countersign/core';
import { proving } from './schemes/proving.ts';
import { verifiedJson } from './schemes/verified-json.ts';

interface Body {
  readonly event?: { readonly object_type?: unknown; readonly action?: unknown } | null;
}

/** Close names object and action apart; an event is both. */
function typeOf({ body }: Envelope): Proof {
  const { event } = (verifiedJson(body) ?? {}) as Body;
  const { object_type: object, action } = event ?? {};
  const isNamed = typeof object === 'string' && typeof action === 'string';
  return { fields: isNamed ? { type: `${object}.${action}` } : {} };
}

/**
 * Close. `secret` is the `signature_key` of the webhook subscription, in hex. The type is object and action:
 * `lead.created`, `activity.call.updated`.
 *
 * @see https://developer.close.com/topics/webhooks/
 */
export const close: ProviderFactory<'secret'> = defineProvider({
  name: 'close',
  docs: { url: 'https://developer.close.com/topics/webhooks/', read: '2026-11-22' },
  status: 'documented',
  scheme: proving(
    hmac({
      header: 'close-sig-hash',
      hash: 'sha256',
      encoding: 'hex',
      content: ['timestamp', 'body'],
      secret: { encoding: 'hex', refuse: { api_: 'an API key, not a signature key' } },
    }),
    typeOf,
    ['type'],
  ),
  timestamp: { header: 'close-sig-timestamp', unit: 's' },
  id: { payload: 'event.id' },
  type: { field: 'type' },
});
