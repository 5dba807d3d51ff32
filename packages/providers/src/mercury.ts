import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { MercuryEvents } from './events/mercury-events.ts';

export type * from './events/mercury-events.ts';

/**
 * Mercury, the bank. `secret` is the endpoint's `secretKey`, returned once when it is made. Time and body are covered.
 * The type is that of the resource (`transaction`); `operationType` in the body says what became of it.
 *
 * @see https://docs.mercury.com/reference/webhooks
 */
export const mercury: ProviderFactory<'secret', MercuryEvents> = defineProvider({
  name: 'mercury',
  docs: { url: 'https://docs.mercury.com/reference/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'mercury-signature',
    pairs: { separator: ',', signature: 'v1', fields: ['t'] },
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
    // Unconfirmed: most receivers take the secret's text as the key, a few decode it first.
    secret: { encoding: 'utf8', refuse: { 'secret-token:': 'an API token, not a webhook secret' } },
  }),
  timestamp: { field: 't', unit: 's' },
  id: { payload: 'id' },
  type: { payload: 'resourceType' },
  deadline: 5,
  // Ten retries over about a day; other 4xx are final.
  horizon: 86_400,
  reactions: { '2xx': 'done', '4xx': 'drop', '429': 'retry', '5xx': 'retry', timeout: 'retry' },
});
