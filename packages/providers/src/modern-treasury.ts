import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Modern Treasury. `secret` is the webhook key. The type is what happened (`created`, `completed`); to what
 * it happened stands in `payload.data.object` and, unsigned, in `X-Topic`. The id stands in a header that the
 * signature does not cover; see `replayGuard`.
 *
 * @see https://docs.moderntreasury.com/platform/reference/webhooks
 */
export const modernTreasury: ProviderFactory<'secret'> = defineProvider({
  name: 'modern-treasury',
  docs: { url: 'https://docs.moderntreasury.com/platform/reference/webhooks', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'x-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  id: { header: 'x-webhook-id' },
  type: { payload: 'event' },
  deadline: 5,
  reactions: { '2xx': 'done', '3xx': 'retry', '4xx': 'retry', '5xx': 'retry', timeout: 'retry' },
});
