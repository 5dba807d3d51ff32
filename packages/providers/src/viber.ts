import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Viber bots. `secret` is the account's authentication token. `message_token` and `timestamp` may be larger
 * than a JavaScript number: read them from `event.body` where every digit matters. Answer
 * `conversation_started` with `reply(…)`.
 *
 * @see https://developers.viber.com/docs/api/rest-bot-api/#callbacks
 */
export const viber: ProviderFactory<'secret'> = defineProvider({
  name: 'viber',
  docs: { url: 'https://developers.viber.com/docs/api/rest-bot-api/#callbacks', read: '2026-11-22' },
  status: 'proven',
  scheme: hmac({
    header: 'x-viber-content-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
  }),
  // No id: `message_token` has more digits than a JavaScript number keeps, so that two may read the same.
  type: { payload: 'event' },
});
