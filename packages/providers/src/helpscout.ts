import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Help Scout. `secret` is the one typed in beside the webhook. HMAC-SHA1 is all that it signs with. The type
 * stands in a header that the signature does not cover: a replayed body may come under another. Deliveries
 * bear no id: equal bodies are one delivery.
 *
 * @see https://developer.helpscout.com/webhooks
 */
export const helpscout: ProviderFactory<'secret'> = defineProvider({
  name: 'helpscout',
  docs: { url: 'https://developer.helpscout.com/webhooks', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'x-helpscout-signature',
    hash: 'sha1',
    encoding: 'base64',
    content: ['body'],
  }),
  type: { header: 'x-helpscout-event' },
});
