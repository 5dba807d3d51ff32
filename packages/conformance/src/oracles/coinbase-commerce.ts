import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, utf8, verdict } from './wire.ts';

const secret = 'conformance-shared-secret';

async function webhook() {
  const library = await sdk('coinbase-commerce-node');
  return (library.default ?? library).Webhook;
}

/** The payload becomes the `data` of an event. */
export const coinbaseCommerce: Oracle = {
  name: 'coinbase-commerce',
  provider: 'coinbase-commerce',
  sdk: 'coinbase-commerce-node',
  needs: 'coinbase-commerce-node',
  options: { secret },
  async sign({ id, type, payload, timestamp }) {
    const Webhook = await webhook();
    const created_at = new Date(timestamp * 1000).toISOString();
    const event = { id, type, api_version: '2018-03-22', created_at, data: payload };
    const body = JSON.stringify({ id: 1, scheduled_for: created_at, attempt_number: 1, event });
    return {
      method: 'POST',
      url: 'https://hooks.example.com/coinbase-commerce',
      headers: {
        'content-type': 'application/json',
        'x-cc-webhook-signature': Webhook.computeSignature(body, secret),
      },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const Webhook = await webhook();
      Webhook.verifyEventBody(text(delivery), header(delivery, 'x-cc-webhook-signature'), secret);
      return true;
    }),
  weaknesses: [
    'hashes the body as text',
    'refuses a body that is not JSON',
    'refuses an empty body',
    'refuses upper-case hex',
  ],
};
