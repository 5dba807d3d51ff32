import { defineProvider, type ProviderFactory } from '@countersign/core';
import { standardV1 } from './schemes/standard-v1.ts';

/**
 * Render: Standard Webhooks. `secret` is the webhook's signing secret (`whsec_…`), on its page in the dashboard.
 * Id, time and body are covered.
 *
 * @see https://render.com/docs/webhooks
 */
export const render: ProviderFactory<'secret'> = defineProvider({
  name: 'render',
  docs: { url: 'https://render.com/docs/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: standardV1({ header: 'webhook-signature', refuse: { rnd_: 'an API key, not a signing secret' } }),
  timestamp: { header: 'webhook-timestamp', unit: 's' },
  id: { header: 'webhook-id' },
  type: { payload: 'type' },
});
