import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Paystack. `secret` is the secret API key (`sk_live_…`, `sk_test_…`). Deliveries bear no id, and `data.id`
 * is that of the transaction: equal bodies are one delivery.
 *
 * @see https://paystack.com/docs/payments/webhooks
 */
export const paystack: ProviderFactory<'secret'> = defineProvider({
  name: 'paystack',
  docs: { url: 'https://paystack.com/docs/payments/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-paystack-signature',
    hash: 'sha512',
    encoding: 'hex',
    content: ['body'],
    secret: {
      encoding: 'utf8',
      refuse: { pk_: 'a public key: Paystack signs with the secret key' },
    },
  }),
  type: { payload: 'event' },
});
