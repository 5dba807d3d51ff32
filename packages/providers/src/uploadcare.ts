import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { UploadcareEvents } from './events/uploadcare-events.ts';

export type * from './events/uploadcare-events.ts';

/**
 * Uploadcare. `secret` is the webhook's `signing_secret`. Deliveries bear no id: equal bodies are one
 * delivery.
 *
 * @see https://uploadcare.com/docs/webhooks/#signed-webhooks
 */
export const uploadcare: ProviderFactory<'secret', UploadcareEvents> = defineProvider({
  name: 'uploadcare',
  docs: { url: 'https://uploadcare.com/docs/webhooks/#signed-webhooks', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'x-uc-signature',
    prefix: 'v1=',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  type: { payload: 'hook.event' },
  // Tried again for 72 hours.
  horizon: 259_200,
});
