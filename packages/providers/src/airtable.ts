import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Airtable. `secret` is the `macSecretBase64` that came with the new webhook, and never again. A delivery
 * says only that something changed: handle it under `'*'`, and list the webhook's payloads from your cursor
 * on.
 *
 * @see https://airtable.com/developers/web/api/webhooks-overview
 */
export const airtable: ProviderFactory<'secret'> = defineProvider({
  name: 'airtable',
  docs: { url: 'https://airtable.com/developers/web/api/webhooks-overview', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-airtable-content-mac',
    prefix: 'hmac-sha256=',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
    secret: { encoding: 'base64' },
  }),
  // It asks for 200 or 204 and an empty body.
  acknowledge: { status: 200 },
});
