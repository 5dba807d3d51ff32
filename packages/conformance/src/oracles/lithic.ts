import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, verdict } from './wire.ts';

const secret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

/** The SDK verifies and cannot sign. */
export const lithic: Oracle = {
  name: 'lithic',
  provider: 'lithic',
  sdk: 'lithic',
  needs: 'lithic',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { Lithic } = await sdk('lithic');
      const { webhooks } = new Lithic({ apiKey: 'conformance' });
      webhooks.unwrap(text(delivery), delivery.headers, secret);
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
