import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, verdict } from './wire.ts';

const secret = 'conformance-endpoint-secret';

export const gocardless: Oracle = {
  name: 'gocardless',
  provider: 'gocardless',
  sdk: 'gocardless-nodejs',
  needs: 'gocardless-nodejs',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { parse } = await sdk('gocardless-nodejs/webhooks');
      parse(text(delivery), secret, header(delivery, 'webhook-signature'));
      return true;
    }),
  weaknesses: [
    'reads hex loosely',
    'hashes the body as text',
    'refuses a body that is not JSON',
    'refuses an empty body',
  ],
};
