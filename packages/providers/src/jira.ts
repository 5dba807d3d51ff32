import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Jira Cloud: webhooks that are set up by an administrator or by REST. `secret` is the text that you set on the
 * webhook; without one nothing is signed. The id stands in a header that the signature does not cover; see
 * `replayGuard`. Webhooks of Connect apps bear a token instead and are not understood here.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/webhooks/
 */
export const jira: ProviderFactory<'secret'> = defineProvider({
  name: 'jira',
  docs: { url: 'https://developer.atlassian.com/cloud/jira/platform/webhooks/', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-hub-signature',
    prefix: 'sha256=',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  id: { header: 'x-atlassian-webhook-identifier' },
  type: { payload: 'webhookEvent' },
  horizon: 1800,
  reactions: {
    '2xx': 'done',
    '4xx': 'drop',
    '408': 'retry',
    '409': 'retry',
    '425': 'retry',
    '429': 'retry',
    '5xx': 'retry',
    timeout: 'retry',
  },
});
