import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { verdict } from './wire.ts';

const secret = 'conformance-webhook-secret';

export const lovable: Oracle = {
  name: 'lovable',
  provider: 'lovable',
  sdk: '@lovable.dev/webhooks-js',
  needs: '@lovable.dev/webhooks-js',
  options: { secret },
  verify: ({ url, headers, body }) =>
    verdict(async () => {
      const { verifyWebhookRequest } = await sdk('@lovable.dev/webhooks-js');
      const req = new Request(url, { method: 'POST', headers, body: body as Uint8Array<ArrayBuffer> });
      await verifyWebhookRequest({ req, secret });
      return true;
    }),
  weaknesses: [
    'reads the timestamp loosely',
    'hashes the body as text',
    'drops a byte order mark',
    'refuses a body that is not JSON',
    'refuses an empty body',
    'refuses upper-case hex',
  ],
};
