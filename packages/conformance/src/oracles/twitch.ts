import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, verdict } from './wire.ts';

const secret = 'conformance-eventsub-secret';

/**
 * The library asks this method of its own for every message; the rest of its handler needs a subscription made over
 * the network. Twitch itself has no library that verifies.
 */
export const twitch: Oracle = {
  name: 'twitch',
  provider: 'twitch',
  sdk: '@twurple/eventsub-http',
  needs: '@twurple/eventsub-http',
  options: { secret },
  event: {
    payload: {
      subscription: { id: 'f1c2a387', type: 'channel.follow', version: '2', status: 'enabled' },
      event: { user_name: 'Zoë & Co. $& $$' },
    },
  },
  verify: (delivery) =>
    verdict(async () => {
      const { EventSubMiddleware } = await sdk('@twurple/eventsub-http');
      const { _verifyData: verifyData } = EventSubMiddleware.prototype;
      return verifyData.call(
        { _secret: secret },
        header(delivery, 'twitch-eventsub-message-id'),
        header(delivery, 'twitch-eventsub-message-timestamp'),
        text(delivery),
        header(delivery, 'twitch-eventsub-message-signature'),
      );
    }),
  weaknesses: ['never checks the timestamp', 'reads hex loosely', 'hashes the body as text'],
};
