import { defineProvider, type ProviderFactory } from '@countersign/core';
import { standardV1 } from './schemes/standard-v1.ts';

/**
 * Brex: Standard Webhooks. `secret` is one of those that its API lists for webhooks; give all, as in a rotation there
 * are two. Id, time and body are covered.
 *
 * @see https://developer.brex.com/docs/webhooks
 */
export const brex: ProviderFactory<'secret'> = defineProvider({
  name: 'brex',
  docs: { url: 'https://developer.brex.com/docs/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: standardV1({ header: 'webhook-signature' }),
  timestamp: { header: 'webhook-timestamp', unit: 's' },
  id: { header: 'webhook-id' },
  // Unconfirmed: the name of the field.
  type: { payload: 'event_type' },
});
