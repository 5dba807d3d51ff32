import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Intercom. `secret` is the app's client secret. The signature is HMAC-SHA1, which is what Intercom has; there is no
 * signed time. The type is the topic: `conversation.user.created`.
 *
 * @see https://developers.intercom.com/docs/references/webhooks/webhook-models
 */
export const intercom: ProviderFactory<'secret'> = defineProvider({
  name: 'intercom',
  docs: {
    url: 'https://developers.intercom.com/docs/references/webhooks/webhook-models',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: hmac({
    header: 'x-hub-signature',
    prefix: 'sha1=',
    hash: 'sha1',
    encoding: 'hex',
    content: ['body'],
  }),
  id: { payload: 'id' },
  type: { payload: 'topic' },
  deadline: 5,
});
