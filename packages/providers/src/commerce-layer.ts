import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Commerce Layer webhooks and external resources. `secret` is the shared secret of either. The topic stands
 * in a header that the signature does not cover. Deliveries bear no id: equal bodies are one delivery. Answer
 * an external resource with `reply(…)`.
 *
 * @see https://docs.commercelayer.io/core/callbacks-security
 */
export const commerceLayer: ProviderFactory<'secret'> = defineProvider({
  name: 'commerce-layer',
  docs: { url: 'https://docs.commercelayer.io/core/callbacks-security', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-commercelayer-signature',
    hash: 'sha256',
    encoding: 'base64',
    content: ['body'],
  }),
  type: { header: 'x-commercelayer-topic' },
});
