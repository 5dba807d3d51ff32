import { defineProvider, type ProviderFactory } from '@countersign/core';
import type { BigcommerceEvents } from './events/bigcommerce-events.ts';
import { standardV1 } from './schemes/standard-v1.ts';

export type * from './events/bigcommerce-events.ts';

/**
 * BigCommerce: Standard Webhooks. `secret` is the client secret of the app's API account, whose text is the key.
 * Id, time and body are covered. The type is the scope (`store/order/created`).
 *
 * @see https://docs.bigcommerce.com/developer/docs/integrations/webhooks/overview
 */
export const bigcommerce: ProviderFactory<'secret', BigcommerceEvents> = defineProvider({
  name: 'bigcommerce',
  docs: {
    url: 'https://github.com/bigcommerce/docs/blob/main/docs/integrations/webhooks/https-webhook-overview.mdx',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: standardV1({ header: 'webhook-signature', secret: { encoding: 'utf8' } }),
  timestamp: { header: 'webhook-timestamp', unit: 's' },
  id: { header: 'webhook-id' },
  type: { payload: 'scope' },
  // Eleven retries over 48 hours; then the webhook is switched off.
  horizon: 173_040,
  reactions: { '2xx': 'done', '4xx': 'retry', '5xx': 'retry', timeout: 'retry' },
});
