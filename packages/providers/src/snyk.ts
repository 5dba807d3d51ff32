import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Snyk. `secret` is the one given with the webhook. The type (`project_snapshot/v0`, with its version) and
 * the time stand in headers that the signature does not cover. Deliveries bear no id: equal bodies are one
 * delivery.
 *
 * @see https://docs.snyk.io/snyk-api/how-to-use-snyk-webhooks-apis/validation-and-versioning-of-payloads
 */
export const snyk: ProviderFactory<'secret'> = defineProvider({
  name: 'snyk',
  docs: {
    url: 'https://docs.snyk.io/snyk-api/how-to-use-snyk-webhooks-apis/validation-and-versioning-of-payloads',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: hmac({
    header: 'x-hub-signature',
    prefix: 'sha256=',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  timestamp: { header: 'x-snyk-timestamp', unit: 'rfc3339' },
  // `X-Snyk-Transport-ID` names a delivery; whether an attempt is one of its own, Snyk does not say.
  type: { header: 'x-snyk-event' },
});
