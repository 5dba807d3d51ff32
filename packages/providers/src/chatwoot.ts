import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Chatwoot. `secret` is the webhook's, in installations that sign. The type is the event: `message_created`.
 * Deliveries bear no id that is signed or known to last: time and body are what one is known by.
 *
 * @see https://developers.chatwoot.com/api-reference/webhooks/add-a-webhook
 */
export const chatwoot: ProviderFactory<'secret'> = defineProvider({
  name: 'chatwoot',
  docs: { url: 'https://developers.chatwoot.com/api-reference/webhooks/add-a-webhook', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-chatwoot-signature',
    prefix: 'sha256=',
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
  }),
  timestamp: { header: 'x-chatwoot-timestamp', unit: 's' },
  type: { payload: 'event' },
});
