import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Checkout.com workflows. `secret` is the signature key of the workflow's webhook action.
 *
 * @see https://www.checkout.com/docs/workflows/set-up-your-webhook-receiver
 */
export const checkoutCom: ProviderFactory<'secret'> = defineProvider({
  name: 'checkout-com',
  docs: { url: 'https://www.checkout.com/docs/workflows/set-up-your-webhook-receiver', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'cko-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
    secret: {
      encoding: 'utf8',
      refuse: {
        sk_: 'an API key, not the signature key of the workflow',
        pk_: 'an API key, not the signature key of the workflow',
      },
    },
  }),
  id: { payload: 'id' },
  type: { payload: 'type' },
  deadline: 10,
  // Eight more attempts over 30 hours.
  horizon: 108_000,
});
