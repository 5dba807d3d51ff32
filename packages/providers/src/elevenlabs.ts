import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * ElevenLabs. `secret` is the webhook's (`wsec_…`), shown once when it is made. Time and body are covered. Deliveries
 * bear no id: equal bodies are one delivery.
 *
 * @see https://elevenlabs.io/docs/overview/administration/webhooks
 */
export const elevenlabs: ProviderFactory<'secret'> = defineProvider({
  name: 'elevenlabs',
  docs: { url: 'https://elevenlabs.io/docs/overview/administration/webhooks', read: '2026-11-22' },
  status: 'proven',
  // Each attempt is signed anew.
  anonymous: 'body',
  scheme: hmac({
    header: 'elevenlabs-signature',
    pairs: { separator: ',', signature: 'v0', fields: ['t'] },
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
    secret: { encoding: 'utf8', refuse: { sk_: "an API key, not the webhook's secret" } },
  }),
  timestamp: { field: 't', unit: 's', tolerance: { past: 1800, future: 300 } },
  type: { payload: 'type' },
});
