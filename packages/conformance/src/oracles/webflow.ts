import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, verdict } from './wire.ts';

const secret = 'conformance-webhook-secret';

export const webflow: Oracle = {
  name: 'webflow',
  provider: 'webflow',
  sdk: 'webflow-api',
  needs: 'webflow-api',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { WebflowClient } = await sdk('webflow-api');
      const { webhooks } = new WebflowClient({ accessToken: 'conformance' });
      return webhooks.verifySignature({ headers: delivery.headers, body: text(delivery), secret });
    }),
  weaknesses: ['never checks the timestamp', 'hashes the body as text', 'refuses upper-case hex'],
};
