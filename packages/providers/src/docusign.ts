import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/** More than that many signatures in one delivery are none that this library reads. */
const KEYS = 16;

/**
 * DocuSign Connect, JSON messages. `secret` is one of the account's HMAC keys, or several. DocuSign signs
 * with every active key, each under a header of its own (`X-DocuSign-Signature-1`, `-2`, …); one match is
 * enough, and the first 16 are read. Deliveries bear no id, and `retryCount` makes each attempt another body:
 * give `dedupKey`, such as `payload.event` with the envelope's id and `generatedDateTime`.
 *
 * @see https://developers.docusign.com/platform/webhooks/connect/hmac/
 */
export const docusign: ProviderFactory<'secret'> = defineProvider({
  name: 'docusign',
  docs: { url: 'https://developers.docusign.com/platform/webhooks/connect/hmac/', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: Array.from({ length: KEYS }, (_, index) => `x-docusign-signature-${index + 1}`),
    all: true,
    hash: 'sha256',
    encoding: 'base64',
    content: ['body'],
  }),
  type: { payload: 'event' },
});
