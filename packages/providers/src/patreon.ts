import { defineProvider, type ProviderFactory } from '@countersign/core';
import { nobleHmac, nobleLegacy } from './schemes/noble-hashes.ts';
import { nobleMac } from './schemes/noble-mac.ts';

/**
 * Patreon. `secret` is the webhook's. HMAC-MD5 is all that it signs with, which WebCrypto has not: install
 * `@noble/hashes` beside this package. The type stands in a header that the signature does not cover: a
 * replayed body may come under another. Deliveries bear no id: equal bodies are one delivery.
 *
 * @see https://docs.patreon.com/#webhooks
 */
export const patreon: ProviderFactory<'secret'> = defineProvider({
  name: 'patreon',
  docs: { url: 'https://docs.patreon.com/#webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: nobleMac({
    kind: 'hmac-md5',
    header: 'x-patreon-signature',
    encoding: 'hex',
    length: 16,
    async load() {
      const [{ hmac }, { md5 }] = await Promise.all([nobleHmac(), nobleLegacy()]);
      return (secret, content) => hmac(md5, secret, content);
    },
  }),
  type: { header: 'x-patreon-event' },
});
