import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Webex. `secret` is the one given with the webhook; without one nothing is signed. HMAC-SHA1 is all that it
 * signs with. The type is the resource (`messages`); what became of it stands in `payload.event`. Deliveries
 * bear no id: equal bodies are one delivery.
 *
 * @see https://developer.webex.com/docs/webhooks
 */
export const webex: ProviderFactory<'secret'> = defineProvider({
  name: 'webex',
  docs: { url: 'https://developer.webex.com/docs/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-spark-signature',
    hash: 'sha1',
    encoding: 'hex',
    content: ['body'],
  }),
  // `id` is the webhook's.
  type: { payload: 'resource' },
});
