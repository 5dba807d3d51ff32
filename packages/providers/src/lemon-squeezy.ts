import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Lemon Squeezy. `secret` is the signing secret typed in beside the webhook. Deliveries bear no id: equal
 * bodies are one delivery. The type is taken from the signed body, not from `X-Event-Name`.
 *
 * @see https://docs.lemonsqueezy.com/help/webhooks/signing-requests
 */
export const lemonSqueezy: ProviderFactory<'secret'> = defineProvider({
  name: 'lemon-squeezy',
  docs: { url: 'https://docs.lemonsqueezy.com/help/webhooks/signing-requests', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  type: { payload: 'meta.event_name' },
});
