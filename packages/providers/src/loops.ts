import { defineProvider, type ProviderFactory } from '@countersign/core';
import { standardV1 } from './schemes/standard-v1.ts';

/**
 * Loops: Standard Webhooks. `secret` is the endpoint's signing secret (`whsec_…`), under Settings → Webhooks.
 * Id, time and body are covered.
 *
 * @see https://loops.so/docs/webhooks
 */
export const loops: ProviderFactory<'secret'> = defineProvider({
  name: 'loops',
  docs: { url: 'https://loops.so/docs/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: standardV1({ header: 'webhook-signature' }),
  timestamp: { header: 'webhook-timestamp', unit: 's' },
  id: { header: 'webhook-id' },
  type: { payload: 'eventName' },
});
