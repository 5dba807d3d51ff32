import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, verdict } from './wire.ts';

const secret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

/** The SDK verifies and cannot sign; it is told the headers' values. */
export const resend: Oracle = {
  name: 'resend',
  provider: 'resend',
  sdk: 'resend',
  needs: 'resend',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { Resend } = await sdk('resend');
      new Resend('re_conformance').webhooks.verify({
        payload: text(delivery),
        headers: {
          id: header(delivery, 'svix-id'),
          timestamp: header(delivery, 'svix-timestamp'),
          signature: header(delivery, 'svix-signature'),
        },
        webhookSecret: secret,
      });
      return true;
    }),
  weaknesses: [
    'reads the timestamp loosely',
    'ignores text after the signature',
    'hashes the body as text',
    'refuses a body that is not JSON',
    'refuses an empty body',
  ],
};
