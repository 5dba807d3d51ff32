import { defineProvider, hmac, type ProviderFactory, type Scheme, WebhookError } from '@countersign/core';

const mac = hmac({
  header: 'gcms-signature',
  pairs: { separator: ', ', signature: 'sign', fields: ['env', 't'] },
  hash: 'sha256',
  encoding: 'base64',
  content: ['body', { text: ' ' }, 'timestamp'],
});

/** The body is signed as a text inside of JSON, so bytes that are no text were never signed. */
function textOf(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new WebhookError(
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
      'the signature covers a text, and the body is none',
    );
  }
}

const scheme: Scheme<'secret'> = {
  ...mac,
  kind: 'hygraph',
  content: ({ body, fields: { env = '' }, timestamp = '' }) => [
    JSON.stringify({ Body: textOf(body), EnvironmentName: env, TimeStamp: Number(timestamp) }),
  ],
};

/**
 * Hygraph (GraphCMS). `secret` is the secret key of the webhook. The signature covers the body, the environment and
 * the time. There is no id: equal bodies at one time are one delivery. The type is the operation.
 *
 * @see https://hygraph.com/docs/api-reference/basics/webhooks
 */
export const hygraph: ProviderFactory<'secret'> = defineProvider({
  name: 'hygraph',
  docs: { url: 'https://hygraph.com/docs/api-reference/basics/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme,
  // That it counts milliseconds is unconfirmed.
  timestamp: { field: 't', unit: 'ms' },
  type: { payload: 'operation' },
});
