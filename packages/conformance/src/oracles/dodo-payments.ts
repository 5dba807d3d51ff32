import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, verdict } from './wire.ts';

const secret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

/** The SDK verifies and cannot sign. */
export const dodoPayments: Oracle = {
  name: 'dodo-payments',
  provider: 'dodo-payments',
  sdk: 'dodopayments',
  needs: 'dodopayments',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { DodoPayments } = await sdk('dodopayments');
      const { webhooks } = new DodoPayments({ bearerToken: 'conformance' });
      webhooks.unwrap(text(delivery), { headers: delivery.headers, key: secret });
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
