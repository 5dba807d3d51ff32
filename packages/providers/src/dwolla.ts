import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Dwolla. `secret` is the one given with the subscription. The type is taken from the signed body, not from
 * `X-Dwolla-Topic`.
 *
 * @see https://developers.dwolla.com/docs/balance/webhooks
 */
export const dwolla: ProviderFactory<'secret'> = defineProvider({
  name: 'dwolla',
  docs: { url: 'https://developers.dwolla.com/docs/balance/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-request-signature-sha-256',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  id: { payload: 'id' },
  type: { payload: 'topic' },
  deadline: 10,
  // Eight more attempts over 72 hours.
  horizon: 259_200,
});
