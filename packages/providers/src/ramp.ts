import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Ramp. `secret` is the webhook's. A new webhook is first sent a `challenge`, which you hand to Ramp's API:
 * no answer of the endpoint confirms it.
 *
 * @see https://docs.ramp.com/developer-api/v1/webhooks
 */
export const ramp: ProviderFactory<'secret'> = defineProvider({
  name: 'ramp',
  docs: { url: 'https://docs.ramp.com/developer-api/v1/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    // The first is the documentation's; the second, which catalogues name, is unconfirmed.
    header: ['x-ramp-webhook-signature', 'x-ramp-signature'],
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  id: { payload: 'id' },
  type: { payload: 'type' },
  deadline: 10,
  reactions: {
    '2xx': 'done',
    '3xx': 'drop',
    '429': 'retry',
    '4xx': 'drop',
    '5xx': 'retry',
    timeout: 'retry',
  },
});
