import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, utf8, verdict } from './wire.ts';

const key = 'conformance-key';
const secret = 'conformance-secret';

/** The payload becomes an event of the batch. */
export const pusher: Oracle = {
  name: 'pusher',
  provider: 'pusher',
  sdk: 'pusher',
  needs: 'pusher',
  options: { secret },
  event: { headers: { 'x-pusher-key': key } },
  bears: [],
  async sign({ payload, timestamp }) {
    const { Token } = await sdk('pusher');
    const body = JSON.stringify({ time_ms: timestamp * 1000, events: [payload] });
    return {
      method: 'POST',
      url: 'https://hooks.example.com/pusher',
      headers: {
        'content-type': 'application/json',
        'x-pusher-key': key,
        'x-pusher-signature': new Token(key, secret).sign(body),
      },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const Pusher = await sdk('pusher');
      const client = new Pusher({ appId: '1', key, secret, cluster: 'mt1' });
      return client.webhook({ headers: delivery.headers, rawBody: text(delivery) }).isValid();
    }),
  weaknesses: [
    'hashes the body as text',
    'refuses a body that is not JSON',
    'refuses an empty body',
    'needs unsigned headers too',
    'refuses upper-case hex',
  ],
};
