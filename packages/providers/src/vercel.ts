import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Vercel. `secret` is the one that is shown when a webhook is created; for webhooks of an integration, the
 * integration's client secret. The signature is HMAC-SHA1, which is what Vercel has; there is no signed time.
 *
 * @see https://vercel.com/docs/webhooks/webhooks-api
 */
export const vercel: ProviderFactory<'secret'> = defineProvider({
  name: 'vercel',
  docs: { url: 'https://vercel.com/docs/webhooks/webhooks-api', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-vercel-signature',
    hash: 'sha1',
    encoding: 'hex',
    content: ['body'],
  }),
  id: { payload: 'id' },
  type: { payload: 'type' },
});
