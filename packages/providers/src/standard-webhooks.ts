import { defineProvider, type ProviderFactory } from '@countersign/core';
import { standardSchemes } from './schemes/standard-schemes.ts';

/**
 * Standard Webhooks 1.0, `v1` and `v1a`. `secret` takes `whsec_…`, `publicKey` takes `whpk_…`; both may be lists.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const standardWebhooks: ProviderFactory<'secret' | 'publicKey'> = defineProvider({
  name: 'standard-webhooks',
  docs: {
    url: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: standardSchemes('webhook-signature'),
  timestamp: { header: 'webhook-timestamp', unit: 's' },
  id: { header: 'webhook-id' },
  type: { payload: 'type' },
  deadline: 15,
  // The specification's example schedule: 75 h 35 min.
  horizon: 272_100,
});
