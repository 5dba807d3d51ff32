import { defineProvider, type ProviderFactory } from '@countersign/core';
import type { LiveblocksEvents } from './events/liveblocks-events.ts';
import { standardV1 } from './schemes/standard-v1.ts';

export type * from './events/liveblocks-events.ts';

/**
 * Liveblocks: Standard Webhooks. `secret` is the endpoint's signing secret (`whsec_…`), on its page in the dashboard.
 * Id, time and body are covered.
 *
 * @see https://liveblocks.io/docs/platform/webhooks
 */
export const liveblocks: ProviderFactory<'secret', LiveblocksEvents> = defineProvider({
  name: 'liveblocks',
  docs: { url: 'https://liveblocks.io/docs/platform/webhooks', read: '2026-11-22' },
  status: 'proven',
  scheme: standardV1({
    header: 'webhook-signature',
    secret: {
      encoding: 'base64',
      prefix: 'whsec_',
      refuse: { sk_: 'a secret key of the API, not a signing secret', pk_: 'a public key of the API' },
    },
  }),
  timestamp: { header: 'webhook-timestamp', unit: 's' },
  id: { header: 'webhook-id' },
  type: { payload: 'type' },
});
