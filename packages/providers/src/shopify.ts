import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { ShopifyEvents } from './events/shopify-events.ts';

export type * from './events/shopify-events.ts';

/**
 * Shopify. `secret` is the app's client secret. After a rotation Shopify signs with the old one for up to an hour:
 * configure both. Topic, shop and ids stand in headers that the signature does not cover; see `replayGuard`.
 *
 * @see https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
 */
export const shopify: ProviderFactory<'secret', ShopifyEvents> = defineProvider({
  name: 'shopify',
  docs: { url: 'https://shopify.dev/docs/apps/build/webhooks/verify-deliveries', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: ['x-shopify-hmac-sha256', 'shopify-hmac-sha256'],
    hash: 'sha256',
    encoding: 'base64',
    content: ['body'],
    secret: {
      encoding: 'utf8',
      refuse: { shpat_: 'an access token', shpca_: 'an access token', shppa_: 'an access token' },
    },
  }),
  timestamp: { header: ['x-shopify-triggered-at', 'shopify-triggered-at'], unit: 'rfc3339' },
  id: { header: ['x-shopify-webhook-id', 'shopify-webhook-id'] },
  type: { header: ['x-shopify-topic', 'shopify-topic'] },
  deadline: 5,
  // Eight attempts over four hours.
  horizon: 14_400,
});
