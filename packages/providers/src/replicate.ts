import { defineProvider, type ProviderFactory } from '@countersign/core';
import type { ReplicateEvents } from './events/replicate-events.ts';
import { standardV1 } from './schemes/standard-v1.ts';

export type * from './events/replicate-events.ts';

/**
 * Replicate: Standard Webhooks. `secret` is the account's webhook signing secret (`whsec_…`), from
 * `webhooks.default.secret` of its API. Id, time and body are covered. The payload is the prediction or training, and
 * the type is its status.
 *
 * @see https://replicate.com/docs/topics/webhooks/verify-webhook
 */
export const replicate: ProviderFactory<'secret', ReplicateEvents> = defineProvider({
  name: 'replicate',
  docs: { url: 'https://replicate.com/docs/topics/webhooks/verify-webhook', read: '2026-11-22' },
  status: 'proven',
  scheme: standardV1({
    header: 'webhook-signature',
    refuse: { r8_: 'an API token, not a signing secret' },
  }),
  timestamp: { header: 'webhook-timestamp', unit: 's' },
  id: { header: 'webhook-id' },
  type: { payload: 'status' },
});
