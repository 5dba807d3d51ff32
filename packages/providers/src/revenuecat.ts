import { defineProvider, hmac, type ProviderFactory, token } from '@countersign/core';
import type { RevenuecatEvents } from './events/revenuecat-events.ts';

export type * from './events/revenuecat-events.ts';

/**
 * RevenueCat. `secret` is the webhook's signing secret, where signing is switched on: time and body are covered.
 * `authorization` is the value that you set for its Authorization header, whole: it is sent in clear and covers
 * nothing. With both configured, a delivery that bears a signature stands or falls by it.
 *
 * @see https://www.revenuecat.com/docs/integrations/webhooks
 */
export const revenuecat: ProviderFactory<'secret' | 'authorization', RevenuecatEvents> = defineProvider({
  name: 'revenuecat',
  docs: { url: 'https://www.revenuecat.com/docs/integrations/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: [
    hmac({
      header: 'x-revenuecat-webhook-signature',
      pairs: { separator: ',', signature: 'v1', fields: ['t'] },
      hash: 'sha256',
      encoding: 'hex',
      content: ['timestamp', { text: '.' }, 'body'],
      secret: {
        encoding: 'utf8',
        refuse: { sk_: 'an API key, not the signing secret', appl_: 'a public key', goog_: 'a public key' },
      },
    }),
    { ...token({ header: 'authorization' }), option: 'authorization' as const },
  ],
  timestamp: { field: 't', unit: 's' },
  id: { payload: 'event.id' },
  type: { payload: 'event.type' },
});
