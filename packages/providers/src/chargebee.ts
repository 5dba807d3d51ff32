import { basic, defineProvider, type ProviderFactory } from '@countersign/core';
import type { ChargebeeEvents } from './events/chargebee-events.ts';

export type * from './events/chargebee-events.ts';

/**
 * Chargebee, by Basic authentication. `secret` is `user:password`, as protected in the settings of the webhook. Both
 * are sent in clear: nothing is signed, and whoever sees one delivery can make others.
 *
 * @see https://www.chargebee.com/docs/billing/2.0/site-configuration/webhook_settings
 */
export const chargebee: ProviderFactory<'secret', ChargebeeEvents> = defineProvider({
  name: 'chargebee',
  docs: {
    url: 'https://www.chargebee.com/docs/billing/2.0/site-configuration/webhook_settings',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: basic(),
  id: { payload: 'id' },
  type: { payload: 'event_type' },
});
