import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { verdict } from './wire.ts';

const secret = 'conformance-s\u00e9cret-of-a-webhook';

export const easypost: Oracle = {
  name: 'easypost',
  provider: 'easypost',
  sdk: '@easypost/api',
  needs: '@easypost/api',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const EasyPost = await sdk('@easypost/api');
      const { Utils } = new EasyPost('conformance');
      Utils.validateWebhook(Buffer.from(delivery.body), delivery.headers, secret);
      return true;
    }),
  // It also writes every whole `weight` as `N.0` before it hashes, whatever was sent.
  weaknesses: [
    'hashes the body as text',
    'refuses a body that is not JSON',
    'refuses an empty body',
    'refuses upper-case hex',
  ],
};
