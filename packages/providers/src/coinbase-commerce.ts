import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { CoinbaseCommerceEvents } from './events/coinbase-commerce-events.ts';

export type * from './events/coinbase-commerce-events.ts';

/**
 * Coinbase Commerce. `secret` is the webhook's shared secret. The body is not the same in every attempt
 * (`attempt_number`); the event and its id are.
 *
 * @see https://docs.cdp.coinbase.com/commerce/docs/webhooks-security
 */
export const coinbaseCommerce: ProviderFactory<'secret', CoinbaseCommerceEvents> = defineProvider({
  name: 'coinbase-commerce',
  docs: { url: 'https://docs.cdp.coinbase.com/commerce/docs/webhooks-security', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'x-cc-webhook-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  id: { payload: 'event.id' },
  type: { payload: 'event.type' },
});
