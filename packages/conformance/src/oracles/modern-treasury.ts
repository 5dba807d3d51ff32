import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, utf8, verdict } from './wire.ts';

const secret = 'conformance-webhook-key';

async function webhooks() {
  const { ModernTreasury } = await sdk('modern-treasury');
  return new ModernTreasury({ apiKey: 'conformance', organizationID: 'conformance', webhookKey: secret })
    .webhooks;
}

/** The payload becomes the `data` of an event. */
export const modernTreasury: Oracle = {
  name: 'modern-treasury',
  provider: 'modern-treasury',
  sdk: 'modern-treasury',
  needs: 'modern-treasury',
  options: { secret },
  async sign({ id, type, payload }) {
    const body = JSON.stringify({ event: type, data: payload });
    return {
      method: 'POST',
      url: 'https://hooks.example.com/modern-treasury',
      headers: {
        'content-type': 'application/json',
        'x-signature': (await webhooks()).getSignature(body),
        'x-webhook-id': id,
      },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () =>
      (await webhooks()).validateSignature(text(delivery), header(delivery, 'x-signature')),
    ),
  weaknesses: ['hashes the body as text', 'refuses upper-case hex'],
};
