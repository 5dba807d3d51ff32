import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Zoho Payments. `secret` is the webhook's signing key, under Developer Space. Time and body are covered; every attempt
 * is signed anew.
 *
 * @see https://www.zoho.com/in/payments/developerdocs/webhooks/verification/
 */
export const zohoPayments: ProviderFactory<'secret'> = defineProvider({
  name: 'zoho-payments',
  docs: {
    url: 'https://www.zoho.com/in/payments/developerdocs/webhooks/verification/',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: hmac({
    header: 'x-zoho-webhook-signature',
    pairs: { separator: ',', signature: 'v', fields: ['t'] },
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
  }),
  timestamp: { field: 't', unit: 'ms' },
  id: { payload: 'event_id' },
  // Unconfirmed: the name of the field.
  type: { payload: 'event_type' },
  deadline: 15,
});
