import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { verdict } from './wire.ts';

const secret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

/** The SDK verifies and cannot sign. */
export const clerk: Oracle = {
  name: 'clerk',
  provider: 'clerk',
  sdk: '@clerk/backend',
  needs: '@clerk/backend',
  options: { secret },
  verify: ({ url, method, headers, body }) =>
    verdict(async () => {
      const { verifyWebhook } = await sdk('@clerk/backend/webhooks');
      const request = new Request(url, { method, headers, body: Buffer.from(body) });
      await verifyWebhook(request, { signingSecret: secret });
      return true;
    }),
  weaknesses: [
    'reads the timestamp loosely',
    'ignores text after the signature',
    'hashes the body as text',
    'drops a byte order mark',
    'refuses a body that is not JSON',
    'refuses an empty body',
  ],
};
