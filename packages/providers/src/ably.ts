import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Ably outbound webhooks, batched: single ones are not signed. `secret` is the API key that the rule signs
 * with, whole (`app.key:secret`) or what stands after its colon. `X-Ably-Key` names it: to choose among
 * several, give a function. A delivery is a batch without an id or a type: handle it under `'*'`.
 *
 * @see https://ably.com/docs/platform/integrations/webhooks
 */
export const ably: ProviderFactory<'secret'> = defineProvider({
  name: 'ably',
  docs: { url: 'https://ably.com/docs/platform/integrations/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-ably-signature',
    hash: 'sha256',
    encoding: 'base64',
    content: ['body'],
    secret: { encoding: 'utf8', read: (text) => text.slice(text.indexOf(':') + 1) },
  }),
  // Batches are kept for five minutes.
  horizon: 300,
});
