import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, verdict } from './wire.ts';

const secret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

/** The SDK verifies and cannot sign. It refuses types that it does not know. */
export const liveblocks: Oracle = {
  name: 'liveblocks',
  provider: 'liveblocks',
  sdk: '@liveblocks/node',
  needs: '@liveblocks/node',
  options: { secret },
  event: { type: 'userEntered' },
  verify: (delivery) =>
    verdict(async () => {
      const { WebhookHandler } = await sdk('@liveblocks/node');
      const request = { headers: delivery.headers, rawBody: text(delivery) };
      new WebhookHandler(secret).verifyRequest(request);
      return true;
    }),
  weaknesses: [
    'lets the message choose the algorithm',
    'ignores text after the signature',
    'hashes the body as text',
    'refuses a body that is not JSON',
    'refuses an empty body',
  ],
};
