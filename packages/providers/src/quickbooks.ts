import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * QuickBooks Online and Intuit's other webhooks. `secret` is the app's verifier token. A delivery is a batch
 * without an id or a type: handle it under `'*'`. It says what changed, not how: fetch the entities.
 *
 * @see https://developer.intuit.com/app/developer/qbo/docs/develop/webhooks
 */
export const quickbooks: ProviderFactory<'secret'> = defineProvider({
  name: 'quickbooks',
  docs: { url: 'https://developer.intuit.com/app/developer/qbo/docs/develop/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'intuit-signature',
    hash: 'sha256',
    encoding: 'base64',
    content: ['body'],
  }),
});
