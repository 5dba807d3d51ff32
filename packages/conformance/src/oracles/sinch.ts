import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, utf8, verdict } from './wire.ts';

const secret = 'conformance-webhook-secret';

/** By its path: the package's own entry needs another one, which it does not name as a dependency. */
const HELPER = './node_modules/@sinch/sdk-client/dist/utils/authorization.helper.js';

/** A Conversation callback. The payload becomes the message. */
export const sinch: Oracle = {
  name: 'sinch',
  provider: 'sinch',
  sdk: '@sinch/sdk-client',
  needs: '@sinch/sdk-client',
  options: { secret },
  bears: ['type'],
  async sign({ type, payload, timestamp }) {
    const { computeSignedData, calculateWebhookSignature } = await sdk(HELPER);
    const body = JSON.stringify({ app_id: 'a1', type, message: payload });
    const nonce = '01JHFFHWYY7HSS4FWTMDTQEK8V';
    const signed = computeSignedData(body, nonce, String(timestamp));
    return {
      method: 'POST',
      url: 'https://hooks.example.com/sinch',
      headers: {
        'content-type': 'application/json',
        'x-sinch-webhook-signature': calculateWebhookSignature(signed, secret),
        'x-sinch-webhook-signature-algorithm': 'HmacSHA256',
        'x-sinch-webhook-signature-nonce': nonce,
        'x-sinch-webhook-signature-timestamp': String(timestamp),
      },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const { validateWebhookSignature } = await sdk(HELPER);
      return validateWebhookSignature(secret, delivery.headers, text(delivery));
    }),
  weaknesses: ['never checks the timestamp', 'hashes the body as text'],
};
