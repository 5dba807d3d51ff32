import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { OnfidoEvents } from './events/onfido-events.ts';

export type * from './events/onfido-events.ts';

/**
 * Onfido. `secret` is the webhook's token. Deliveries bear no id, and `payload.object.id` is that of the
 * check or report: equal bodies are one delivery.
 *
 * @see https://documentation.onfido.com/api/manual-webhook-signature-verification
 */
export const onfido: ProviderFactory<'secret', OnfidoEvents> = defineProvider({
  name: 'onfido',
  docs: {
    url: 'https://documentation.onfido.com/api/manual-webhook-signature-verification',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: hmac({
    header: 'x-sha2-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
    secret: {
      encoding: 'utf8',
      refuse: {
        api_live: 'an API token, not the token of the webhook',
        api_sandbox: 'an API token, not the token of the webhook',
      },
    },
  }),
  type: { payload: 'payload.action' },
});
