import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, verdict } from './wire.ts';

const secret = 'conformance-signing-secret';

/** The SDK verifies and cannot sign. */
export const mux: Oracle = {
  name: 'mux',
  provider: 'mux',
  sdk: '@mux/mux-node',
  needs: '@mux/mux-node',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { Mux } = await sdk('@mux/mux-node');
      const { webhooks } = new Mux({ tokenId: 'conformance', tokenSecret: 'conformance' });
      await webhooks.verifySignature(text(delivery), delivery.headers, secret);
      return true;
    }),
  weaknesses: [
    'accepts future timestamps',
    'reads the timestamp loosely',
    'ignores text after the signature',
    'hashes the body as text',
    'refuses upper-case hex',
  ],
};
