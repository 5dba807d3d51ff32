import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, utf8, verdict } from './wire.ts';

const secret = 'Y29uZm9ybWFuY2Ugc2VjcmV0IG9mIEtvbnRlbnQuYWk=';

/** The payload becomes a notification of the batch, over several lines. */
export const kontentAi: Oracle = {
  name: 'kontent-ai',
  provider: 'kontent-ai',
  sdk: '@kontent-ai/webhook-helper',
  needs: '@kontent-ai/webhook-helper',
  options: { secret },
  bears: [],
  async sign({ payload }) {
    const { signatureHelper } = await sdk('@kontent-ai/webhook-helper');
    const body = JSON.stringify({ notifications: [payload] }, null, 2);
    const signed = signatureHelper.replaceLinebreaks(body);
    return {
      method: 'POST',
      url: 'https://hooks.example.com/kontent-ai',
      headers: {
        'content-type': 'application/json',
        'x-kontent-ai-signature': signatureHelper.getHashFromString(signed, secret),
      },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const { signatureHelper } = await sdk('@kontent-ai/webhook-helper');
      const body = signatureHelper.replaceLinebreaks(text(delivery));
      const signature = header(delivery, 'x-kontent-ai-signature');
      return signatureHelper.isValidSignatureFromString(body, secret, signature);
    }),
  weaknesses: ['hashes the body as text'],
};
