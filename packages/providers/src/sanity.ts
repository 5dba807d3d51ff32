import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Sanity's GROQ webhooks. `secret` is the text that you set on the webhook. Time and body are covered; the id and the
 * type, which is the operation (`create`, `update`, `delete`), stand in headers that are not.
 *
 * @see https://www.sanity.io/docs/webhook-best-practices
 */
export const sanity: ProviderFactory<'secret'> = defineProvider({
  name: 'sanity',
  docs: { url: 'https://github.com/sanity-io/webhook-toolkit', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'sanity-webhook-signature',
    pairs: { separator: ',', signature: 'v1', fields: ['t'] },
    hash: 'sha256',
    encoding: 'base64url',
    content: ['timestamp', { text: '.' }, 'body'],
  }),
  timestamp: { field: 't', unit: 'ms' },
  id: { header: 'idempotency-key' },
  type: { header: 'sanity-operation' },
  // Two retries, 30 seconds apart.
  horizon: 60,
  reactions: { '2xx': 'done', '4xx': 'drop', '429': 'retry', '5xx': 'retry' },
});
