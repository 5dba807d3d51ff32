import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Adyen's platform, banking and management webhooks, which are signed in the header `HmacSignature`. `secret`
 * is the webhook's HMAC key, in hex. Payment webhooks (`notificationItems`) are signed otherwise, field by
 * field, and are none of this provider's. Deliveries bear no id: equal bodies are one delivery.
 *
 * @see https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures
 */
export const adyenPlatform: ProviderFactory<'secret'> = defineProvider({
  name: 'adyen-platform',
  docs: {
    url: 'https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: hmac({
    header: 'hmacsignature',
    hash: 'sha256',
    encoding: 'base64',
    content: ['body'],
    secret: { encoding: 'hex-any' },
  }),
  type: { payload: 'type' },
});
