import { defineProvider, hmac, inflate, type ProviderFactory } from '@countersign/core';

/**
 * Stream (Chat, Video, Feeds). `secret` is the API secret. The signature is over the JSON before compression:
 * a body under gzip is inflated first, within the limit, and `event.body` is what was signed. The id stands
 * in a header that the signature does not cover; see `replayGuard`.
 *
 * @see https://getstream.io/chat/docs/node/webhooks_overview/
 */
export const getstream: ProviderFactory<'secret'> = defineProvider({
  name: 'getstream',
  docs: { url: 'https://getstream.io/chat/docs/node/webhooks_overview/', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'x-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  id: { header: 'x-webhook-id' },
  type: { payload: 'type' },
  decoder: inflate,
  deadline: 6,
  horizon: 15,
  reactions: {
    '2xx': 'done',
    '408': 'retry',
    '429': 'retry',
    '5xx': 'retry',
    '4xx': 'drop',
    timeout: 'retry',
  },
});
