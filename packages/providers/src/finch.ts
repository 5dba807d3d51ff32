import { defineProvider, type ProviderFactory } from '@countersign/core';
import type { FinchEvents } from './events/finch-events.ts';
import { standardV1 } from './schemes/standard-v1.ts';

export type * from './events/finch-events.ts';

/**
 * Finch: the recipe of Standard Webhooks under `finch-*` headers. `secret` is the webhook's, base64 without a prefix,
 * from the dashboard. Id, time and body are covered.
 *
 * @see https://developer.tryfinch.com/developer-resources/Webhooks
 */
export const finch: ProviderFactory<'secret', FinchEvents> = defineProvider({
  name: 'finch',
  docs: {
    url: 'https://github.com/Finch-API/finch-api-node/blob/main/src/resources/webhooks.ts',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: standardV1({ header: 'finch-signature', secret: { encoding: 'base64' } }),
  timestamp: { header: 'finch-timestamp', unit: 's' },
  id: { header: 'finch-event-id' },
  type: { payload: 'event_type' },
});
