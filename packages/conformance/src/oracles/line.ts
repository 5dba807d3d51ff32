import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, verdict } from './wire.ts';

const secret = 'conformance-channel-secret';

/** One delivery is a batch; ours holds one event. */
export const line: Oracle = {
  name: 'line',
  provider: 'line',
  sdk: '@line/bot-sdk',
  needs: '@line/bot-sdk',
  options: { secret },
  event: {
    payload: {
      destination: 'U0123456789abcdef0123456789abcdef',
      events: [
        { type: 'message', webhookEventId: '01JHFFHWYY7HSS4FWTMDTQEK8V', message: { text: 'Zoë & Co.' } },
      ],
    },
  },
  verify: (delivery) =>
    verdict(async () => {
      const { validateSignature } = await sdk('@line/bot-sdk');
      return validateSignature(Buffer.from(delivery.body), secret, header(delivery, 'x-line-signature'));
    }),
  weaknesses: ['ignores text after the signature'],
};
