import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Microsoft Teams outgoing webhooks. `secret` is the security token that Teams showed once, in base64. The
 * answer is the message that Teams shows: `return reply({ body: { type: 'message', text } })`, within 5 s.
 *
 * @see https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook
 */
export const msTeams: ProviderFactory<'secret'> = defineProvider({
  name: 'ms-teams',
  docs: {
    url: 'https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: hmac({
    header: 'authorization',
    prefix: 'HMAC ',
    hash: 'sha256',
    encoding: 'base64',
    content: ['body'],
    secret: { encoding: 'base64' },
  }),
  id: { payload: 'id' },
  type: { payload: 'type' },
  deadline: 5,
});
