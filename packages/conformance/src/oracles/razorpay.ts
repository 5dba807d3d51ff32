import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, verdict } from './wire.ts';

const secret = 'conformance-webhook-secret';

export const razorpay: Oracle = {
  name: 'razorpay',
  provider: 'razorpay',
  sdk: 'razorpay',
  needs: 'razorpay',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const Razorpay = await sdk('razorpay');
      const signature = header(delivery, 'x-razorpay-signature');
      return Razorpay.validateWebhookSignature(text(delivery), signature, secret);
    }),
  weaknesses: ['hashes the body as text', 'refuses upper-case hex'],
};
