import { defineProvider, type ProviderFactory } from '@countersign/core';
import type { ClerkEvents } from './events/clerk-events.ts';
import { standardV1 } from './schemes/standard-v1.ts';

export type * from './events/clerk-events.ts';

/**
 * Clerk, which sends through Svix. `secret` is the endpoint's signing secret (`whsec_…`), on its page in the dashboard.
 * Id, time and body are covered.
 *
 * @see https://clerk.com/docs/reference/backend/verify-webhook
 */
export const clerk: ProviderFactory<'secret', ClerkEvents> = defineProvider({
  name: 'clerk',
  docs: { url: 'https://clerk.com/docs/reference/backend/verify-webhook', read: '2026-11-22' },
  status: 'proven',
  scheme: standardV1({
    header: 'svix-signature',
    refuse: { sk_: "an API key, not the endpoint's signing secret", pk_: 'a publishable key' },
  }),
  timestamp: { header: 'svix-timestamp', unit: 's' },
  id: { header: 'svix-id' },
  type: { payload: 'type' },
  deadline: 15,
  // Svix's schedule: eight attempts over 27 h 35 min.
  horizon: 99_300,
  reactions: { '2xx': 'done', '3xx': 'retry', '4xx': 'retry', '5xx': 'retry', timeout: 'retry' },
});
