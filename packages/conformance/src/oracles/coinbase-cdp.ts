import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, verdict } from './wire.ts';

const secret = 'conformance-subscription-secret';
const TOLERANCE = 300;

/** Hook0, which sends for Coinbase: its client verifies and cannot sign. Our signer makes its older kind, `v0`. */
export const coinbaseCdp: Oracle = {
  name: 'coinbase-cdp',
  provider: 'coinbase-cdp',
  sdk: 'hook0-client',
  needs: 'hook0-client',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { verifyWebhookSignature } = await sdk('hook0-client');
      const signature = header(delivery, 'x-hook0-signature');
      const headers = new Headers(delivery.headers);
      return verifyWebhookSignature(signature, Buffer.from(delivery.body), headers, secret, TOLERANCE);
    }),
  weaknesses: [
    'reads the timestamp loosely',
    'reads hex loosely',
    'ignores text after the signature',
    'reads one signature of several',
  ],
};
