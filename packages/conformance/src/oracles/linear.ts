import type { SignableEvent } from '@countersign/testing';
import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, verdict } from './wire.ts';

const secret = 'conformance-signing-secret';

export const linear: Oracle = {
  name: 'linear',
  provider: 'linear',
  sdk: '@linear/sdk',
  needs: '@linear/sdk',
  options: { secret },
  /** The signed time is a number to the SDK, and must be a recent one. */
  get event(): SignableEvent {
    return {
      payload: {
        type: 'Issue',
        action: 'create',
        data: { title: 'Zoë & Co.' },
        webhookTimestamp: Date.now(),
      },
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const { LinearWebhookClient } = await sdk('@linear/sdk/webhooks');
      const signature = header(delivery, 'linear-signature');
      return new LinearWebhookClient(secret).verify(Buffer.from(delivery.body), signature);
    }),
  weaknesses: ['refuses a body that is not JSON', 'refuses an empty body', 'refuses upper-case hex'],
};
