import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, verdict } from './wire.ts';

const secret = 'conformance-callback-secret';

/** By its path: the package's own entry needs another one, which it does not name as a dependency. */
const HELPER = './node_modules/@sinch/sdk-client/dist/utils/authorization.helper.js';

export const sinchNumbers: Oracle = {
  name: 'sinch-numbers',
  provider: 'sinch-numbers',
  sdk: '@sinch/sdk-client',
  needs: '@sinch/sdk-client',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { validateSignatureHeader } = await sdk(HELPER);
      return validateSignatureHeader(secret, delivery.headers, text(delivery));
    }),
  weaknesses: ['hashes the body as text', 'refuses upper-case hex'],
};
