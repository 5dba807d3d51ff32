import { defineProvider, type ProviderFactory } from '@countersign/core';
import type { LithicEvents } from './events/lithic-events.ts';
import { standardV1 } from './schemes/standard-v1.ts';

export type * from './events/lithic-events.ts';

/**
 * Lithic's Events API: Standard Webhooks. `secret` is the event subscription's (`whsec_…`), from its API or dashboard.
 * Id, time and body are covered.
 *
 * @see https://docs.lithic.com/docs/events-api
 */
export const lithic: ProviderFactory<'secret', LithicEvents> = defineProvider({
  name: 'lithic',
  docs: {
    url: 'https://github.com/lithic-com/lithic-node/blob/main/src/resources/webhooks.ts',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: standardV1({ header: 'webhook-signature' }),
  timestamp: { header: 'webhook-timestamp', unit: 's' },
  id: { header: 'webhook-id' },
  type: { payload: 'event_type' },
});
