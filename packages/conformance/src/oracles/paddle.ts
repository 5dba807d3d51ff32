import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, verdict } from './wire.ts';

const secret = 'pdl_ntf_conformance';

/** The SDK verifies and cannot sign. */
export const paddle: Oracle = {
  name: 'paddle',
  provider: 'paddle',
  sdk: '@paddle/paddle-node-sdk',
  needs: '@paddle/paddle-node-sdk',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { Paddle } = await sdk('@paddle/paddle-node-sdk');
      const { webhooks } = new Paddle('conformance');
      return webhooks.isSignatureValid(text(delivery), secret, header(delivery, 'paddle-signature'));
    }),
  weaknesses: [
    'accepts future timestamps',
    'reads the timestamp loosely',
    'ignores text after the signature',
    'reads one signature of several',
    'hashes the body as text',
    'refuses an empty body',
    'refuses upper-case hex',
  ],
};
