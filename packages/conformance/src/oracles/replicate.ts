import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, verdict } from './wire.ts';

const secret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

/** The SDK verifies and cannot sign. */
export const replicate: Oracle = {
  name: 'replicate',
  provider: 'replicate',
  sdk: 'replicate',
  needs: 'replicate',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { validateWebhook } = await sdk('replicate');
      return validateWebhook({
        id: header(delivery, 'webhook-id'),
        timestamp: header(delivery, 'webhook-timestamp'),
        signature: header(delivery, 'webhook-signature'),
        body: text(delivery),
        secret,
      });
    }),
  weaknesses: [
    'never checks the timestamp',
    'lets the message choose the algorithm',
    'ignores text after the signature',
    'hashes the body as text',
    'refuses an empty body',
  ],
};
