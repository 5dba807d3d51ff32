import { Webhook } from 'standardwebhooks';

import type { Oracle } from './oracle.ts';
import { utf8, verdict } from './wire.ts';

/** The specification's own example. */
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const webhook = new Webhook(secret);

/** The payload becomes `data`, beside `type` and `timestamp`, as the specification recommends. */
export const standardWebhooks: Oracle = {
  name: 'standard-webhooks',
  provider: 'standard-webhooks',
  sdk: 'standardwebhooks',
  options: { secret },
  async sign({ id, type, payload, timestamp }) {
    const at = new Date(timestamp * 1000);
    const body = JSON.stringify({ type, timestamp: at.toISOString(), data: payload });
    return {
      method: 'POST',
      url: 'https://hooks.example.com/standard-webhooks',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': webhook.sign(id, at, body),
      },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(() => {
      webhook.verify(Buffer.from(delivery.body), delivery.headers, { jsonParse: false });
      return true;
    }),
  weaknesses: ['reads the timestamp loosely', 'ignores text after the signature', 'hashes the body as text'],
};
