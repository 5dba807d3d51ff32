import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Authorize.Net. `secret` is the merchant's signature key, as shown.
 *
 * @see https://developer.authorize.net/api/reference/features/webhooks.html
 */
export const authorizeNet: ProviderFactory<'secret'> = defineProvider({
  name: 'authorize-net',
  docs: { url: 'https://developer.authorize.net/api/reference/features/webhooks.html', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-anet-signature',
    prefix: 'sha512=',
    hash: 'sha512',
    // Upper case, as it is sent; the key is the text of the signature key, though that is hex.
    encoding: 'hex-any',
    content: ['body'],
  }),
  id: { payload: 'notificationId' },
  type: { payload: 'eventType' },
});
