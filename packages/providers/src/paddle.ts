import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';
import type { PaddleEvents } from './events/paddle-events.ts';

export type * from './events/paddle-events.ts';

/**
 * Paddle Billing. `secret` is the notification destination's secret key (`pdl_ntf_…`), whole. Time and body are covered.
 * After a rotation every delivery bears one signature for each secret.
 *
 * @see https://developer.paddle.com/webhooks/signature-verification
 */
export const paddle: ProviderFactory<'secret', PaddleEvents> = defineProvider({
  name: 'paddle',
  docs: { url: 'https://developer.paddle.com/webhooks/signature-verification', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'paddle-signature',
    pairs: { separator: ';', signature: 'h1', fields: ['ts'] },
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: ':' }, 'body'],
    secret: {
      encoding: 'utf8',
      refuse: {
        pdl_live_apikey_: "an API key, not the destination's secret key",
        pdl_sdbx_apikey_: "an API key, not the destination's secret key",
        ntfset_: "a destination's id, not its secret key",
      },
    },
  }),
  timestamp: { field: 'ts', unit: 's' },
  id: { payload: 'event_id' },
  type: { payload: 'event_type' },
});
