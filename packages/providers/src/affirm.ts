import { defineProvider, hmac, jsonOrForm, type ProviderFactory } from '@countersign/core';

/**
 * Affirm. `secret` is the merchant's private API key. Signing has to be asked for; time and body are signed,
 * each attempt anew. Deliveries bear no id: since the time is another in every attempt, give `dedupKey`, such
 * as `event` with `checkout_token` or `order_id` and `created`.
 *
 * @see https://docs.affirm.com/developers/docs/checking-webhook-signatures
 */
export const affirm: ProviderFactory<'secret'> = defineProvider({
  name: 'affirm',
  docs: { url: 'https://docs.affirm.com/developers/docs/checking-webhook-signatures', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-affirm-signature',
    pairs: { separator: ',', signature: 'v0', fields: ['t'] },
    hash: 'sha512',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
  }),
  timestamp: { field: 't', unit: 's' },
  type: { payload: 'event' },
  payload: jsonOrForm(),
});
