import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import { emptyBatch } from './schemes/empty-batch.ts';

/**
 * Xero. `secret` is the webhook key. Before anything else Xero tests the endpoint with right and wrong
 * signatures ("intent to receive"), and wants 200 or 401 with an empty body and no cookie within 5 s: keep
 * whatever adds cookies off this route. A delivery is a batch without an id or a type: handle it under `'*'`,
 * and fetch what it names.
 *
 * @see https://developer.xero.com/documentation/guides/webhooks/configuring-your-server/
 */
export const xero: ProviderFactory<'secret'> = defineProvider({
  name: 'xero',
  docs: {
    url: 'https://developer.xero.com/documentation/guides/webhooks/configuring-your-server/',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: hmac({
    header: 'x-xero-signature',
    hash: 'sha256',
    encoding: 'base64',
    content: ['body'],
  }),
  handshakes: [emptyBatch('intent to receive')],
  acknowledge: { status: 200 },
  answers: { refused: { status: 401 } },
  deadline: 5,
  horizon: 86_400,
});
