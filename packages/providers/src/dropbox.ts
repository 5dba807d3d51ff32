import { defineProvider, hmac, type ProviderFactory, queryEcho } from '@countersign/core';

/**
 * Dropbox. `secret` is the app secret. Answers the `challenge` GET, so mount it for GET and POST. A delivery
 * names the accounts in which something changed and nothing else: handle it under `'*'`, and list the changes
 * from your cursor on. Two changes of one account make the same bytes, so no delivery is taken for a
 * duplicate.
 *
 * @see https://www.dropbox.com/developers/reference/webhooks
 */
export const dropbox: ProviderFactory<'secret'> = defineProvider({
  name: 'dropbox',
  docs: { url: 'https://www.dropbox.com/developers/reference/webhooks', read: '2026-11-22' },
  status: 'documented',
  anonymous: 'nothing',
  scheme: hmac({
    header: 'x-dropbox-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  handshakes: [queryEcho({ name: 'challenge', challenge: 'challenge' })],
});
