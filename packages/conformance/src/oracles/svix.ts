import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { utf8, verdict } from './wire.ts';

const secret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

async function webhook() {
  // What the main entry re-exports, without the REST client.
  const { Webhook } = await sdk('svix/dist/webhook.js');
  return new Webhook(secret);
}

/** Svix sends what its customer hands it; here the shape that Standard Webhooks recommends. */
export const svix: Oracle = {
  name: 'svix',
  provider: 'svix',
  sdk: 'svix',
  needs: 'svix',
  options: { secret },
  async sign({ id, type, payload, timestamp }) {
    const at = new Date(timestamp * 1000);
    const body = JSON.stringify({ type, timestamp: at.toISOString(), data: payload });
    return {
      method: 'POST',
      url: 'https://hooks.example.com/svix',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Svix-Webhooks/1.99.1',
        'svix-id': id,
        'svix-timestamp': String(timestamp),
        'svix-signature': (await webhook()).sign(id, at, body),
      },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      (await webhook()).verify(Buffer.from(delivery.body), delivery.headers);
      return true;
    }),
  weaknesses: [
    'reads the timestamp loosely',
    'ignores text after the signature',
    'hashes the body as text',
    'refuses a body that is not JSON',
    'refuses an empty body',
  ],
};
