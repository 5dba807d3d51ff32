import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * GoCardless. `secret` is the webhook endpoint's. A delivery is a batch without a type: handle it under
 * `'*'`, and each of `payload.events` with `context.once(event.id, …)`, as one event may come in several
 * batches.
 *
 * @see https://developer.gocardless.com/api-reference#appendix-webhooks
 */
export const gocardless: ProviderFactory<'secret'> = defineProvider({
  name: 'gocardless',
  docs: { url: 'https://developer.gocardless.com/api-reference#appendix-webhooks', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'webhook-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  id: { payload: 'meta.webhook_id' },
});
