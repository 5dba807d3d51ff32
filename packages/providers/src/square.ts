import { defineProvider, hmac, type ProviderFactory, type PublicUrl } from '@countersign/core';
import type { SquareEvents } from './events/square-events.ts';

export type * from './events/square-events.ts';

/** `publicUrl`: the notification URL of the subscription, letter for letter. Square signs it with the body. */
export interface SquareOptions {
  readonly publicUrl: PublicUrl;
}

/**
 * Square. `secret` is the subscription's signature key, from its page in the Developer Console. There is no
 * timestamp, so nothing but deduplication stands against a replay.
 *
 * @see https://developer.squareup.com/docs/webhooks/step3validate
 */
export const square: ProviderFactory<'secret', SquareEvents, SquareOptions> = defineProvider({
  name: 'square',
  docs: { url: 'https://developer.squareup.com/docs/webhooks/step3validate', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'x-square-hmacsha256-signature',
    hash: 'sha256',
    encoding: 'base64',
    content: ['url', 'body'],
    secret: {
      encoding: 'utf8',
      refuse: {
        EAAA: 'an access token, not the signature key of the subscription',
        'sq0idp-': 'an application id, not the signature key of the subscription',
        'sq0csp-': 'an application secret, not the signature key of the subscription',
      },
    },
  }),
  id: { payload: 'event_id' },
  type: { payload: 'type' },
});
