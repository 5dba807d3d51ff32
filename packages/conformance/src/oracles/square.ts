import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, verdict } from './wire.ts';

const secret = 'conformance-signature-key';
const publicUrl = 'https://hooks.example.com/square';

/** The SDK only verifies. */
export const square: Oracle = {
  name: 'square',
  provider: 'square',
  sdk: 'square',
  needs: 'square',
  options: { secret, publicUrl },
  verify: (delivery) =>
    verdict(async () => {
      const { WebhooksHelper } = await sdk('square');
      return WebhooksHelper.verifySignature({
        requestBody: text(delivery),
        signatureHeader: header(delivery, 'x-square-hmacsha256-signature'),
        signatureKey: secret,
        notificationUrl: delivery.url,
      });
    }),
  weaknesses: ['hashes the body as text'],
};
