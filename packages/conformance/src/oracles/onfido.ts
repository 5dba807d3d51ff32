import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, verdict } from './wire.ts';

const secret = '_conformance-webhook-token_';

export const onfido: Oracle = {
  name: 'onfido',
  provider: 'onfido',
  sdk: '@onfido/api',
  needs: '@onfido/api',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { WebhookEventVerifier } = await sdk('@onfido/api');
      const signature = header(delivery, 'x-sha2-signature');
      new WebhookEventVerifier(secret).readPayload(Buffer.from(delivery.body), signature);
      return true;
    }),
  weaknesses: [
    'ignores text after the signature',
    'refuses a body that is not JSON',
    'refuses an empty body',
  ],
};
