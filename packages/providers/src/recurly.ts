import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Recurly's JSON webhooks; the older XML ones are not signed and are refused. `secret` is the endpoint's secret key.
 * Time and body are covered. Deliveries bear no id: equal bodies are one delivery.
 *
 * @see https://docs.recurly.com/docs/webhooks
 */
export const recurly: ProviderFactory<'secret'> = defineProvider({
  name: 'recurly',
  docs: {
    url: 'https://github.com/recurly/recurly-client-ruby/blob/v3-v2021-02-25/lib/recurly/webhooks.rb',
    read: '2026-11-22',
  },
  status: 'documented',
  // Each attempt is signed anew.
  anonymous: 'body',
  scheme: hmac({
    header: 'recurly-signature',
    // The time, then one signature for each secret.
    list: { separator: ',', fields: ['t'] },
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
  }),
  timestamp: { field: 't', unit: 'ms' },
  // Unconfirmed: the name of the field.
  type: { payload: 'event_type' },
});
