import { defineProvider, type ProviderFactory } from '@countersign/core';
import type { ResendEvents } from './events/resend-events.ts';
import { standardV1 } from './schemes/standard-v1.ts';

export type * from './events/resend-events.ts';

/**
 * Resend, which sends through Svix. `secret` is the webhook's signing secret (`whsec_…`), on its page in the dashboard.
 * Id, time and body are covered.
 *
 * @see https://resend.com/docs/webhooks/verify-webhooks-requests
 */
export const resend: ProviderFactory<'secret', ResendEvents> = defineProvider({
  name: 'resend',
  docs: { url: 'https://resend.com/docs/webhooks/verify-webhooks-requests', read: '2026-11-22' },
  status: 'proven',
  scheme: standardV1({
    header: 'svix-signature',
    refuse: { re_: "an API key, not the webhook's signing secret" },
  }),
  timestamp: { header: 'svix-timestamp', unit: 's' },
  id: { header: 'svix-id' },
  type: { payload: 'type' },
});
