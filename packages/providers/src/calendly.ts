import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { CalendlyEvents } from './events/calendly-events.ts';

export type * from './events/calendly-events.ts';

/**
 * Calendly. `secret` is the signing key that the webhook subscription was made with. Time and body are covered.
 * Deliveries bear no id: equal bodies are one delivery.
 *
 * @see https://developer.calendly.com/api-docs/ZG9jOjM2MzE2MDM4-webhook-signatures
 */
export const calendly: ProviderFactory<'secret', CalendlyEvents> = defineProvider({
  name: 'calendly',
  docs: {
    url: 'https://developer.calendly.com/api-docs/ZG9jOjM2MzE2MDM4-webhook-signatures',
    read: '2026-11-22',
  },
  status: 'documented',
  // Each attempt is signed anew.
  anonymous: 'body',
  scheme: hmac({
    header: 'calendly-webhook-signature',
    pairs: { separator: ',', signature: 'v1', fields: ['t'] },
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
    secret: { encoding: 'utf8', refuse: { eyJ: 'an access token, not a signing key' } },
  }),
  timestamp: { field: 't', unit: 's' },
  type: { payload: 'event' },
});
