import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * PandaDoc. `secret` is the shared key of the webhook subscription. The signature stands in the query
 * (`?signature=…`), which logs tend to keep: it is good for its own body alone. A delivery is a list of
 * notifications, each with its own `event`: handle it under `'*'`. It bears no id: equal bodies are one
 * delivery.
 *
 * @see https://developers.pandadoc.com/docs/webhook-verification
 */
export const pandadoc: ProviderFactory<'secret'> = defineProvider({
  name: 'pandadoc',
  docs: { url: 'https://developers.pandadoc.com/docs/webhook-verification', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    query: 'signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
});
