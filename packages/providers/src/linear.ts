import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { LinearEvents } from './events/linear-events.ts';

export type * from './events/linear-events.ts';

/**
 * Linear. `secret` is the webhook's signing secret. The time is the signed `webhookTimestamp` of the payload; the header
 * beside it is not signed and is never looked at. The type is what an event is about (`Issue`); its `action` says
 * what became of it. The id stands in a header that the signature does not cover; see `replayGuard`.
 *
 * @see https://linear.app/developers/webhooks
 */
export const linear: ProviderFactory<'secret', LinearEvents> = defineProvider({
  name: 'linear',
  docs: { url: 'https://linear.app/developers/webhooks', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'linear-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
    secret: {
      encoding: 'utf8',
      refuse: { lin_api_: 'an API key, not a signing secret', lin_oauth_: 'an access token' },
    },
  }),
  timestamp: { payload: 'webhookTimestamp', unit: 'ms', tolerance: { past: 60, future: 60 } },
  id: { header: 'linear-delivery' },
  type: { payload: 'type' },
  limit: 5 * 1024 * 1024,
});
