import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Bitbucket Cloud and Data Center. `secret` is the text that you set on the webhook; without one nothing is signed. The
 * header is the one in which GitHub sends SHA-1; here it is SHA-256, and nothing else is taken. The id and the type
 * (`repo:push`) stand in headers that the signature does not cover; see `replayGuard`.
 *
 * @see https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/
 */
export const bitbucket: ProviderFactory<'secret'> = defineProvider({
  name: 'bitbucket',
  docs: { url: 'https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-hub-signature',
    prefix: 'sha256=',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  // Cloud's, which its retries keep; and Data Center's.
  id: [{ header: 'x-request-uuid' }, { header: 'x-request-id' }],
  type: { header: 'x-event-key' },
});
