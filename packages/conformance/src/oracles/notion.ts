import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, utf8, verdict } from './wire.ts';

const secret = 'secret_conformance_verification_token';

/** The payload becomes `data`. */
export const notion: Oracle = {
  name: 'notion',
  provider: 'notion',
  sdk: '@notionhq/client',
  needs: '@notionhq/client',
  options: { secret },
  async sign({ id, type, payload }) {
    const { signWebhookPayload } = await sdk('@notionhq/client');
    const body = JSON.stringify({ id, type, data: payload });
    return {
      method: 'POST',
      url: 'https://hooks.example.com/notion',
      headers: {
        'content-type': 'application/json',
        'x-notion-signature': await signWebhookPayload({ body, verificationToken: secret }),
      },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const { verifyWebhookSignature } = await sdk('@notionhq/client');
      const signature = header(delivery, 'x-notion-signature');
      return verifyWebhookSignature({ body: delivery.body, signature, verificationToken: secret });
    }),
  weaknesses: [],
};
