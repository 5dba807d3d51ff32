import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, verdict } from './wire.ts';

const secret = '5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH';

/** The SDK verifies and cannot sign. */
export const finch: Oracle = {
  name: 'finch',
  provider: 'finch',
  sdk: '@tryfinch/finch-api',
  needs: '@tryfinch/finch-api',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { Finch } = await sdk('@tryfinch/finch-api');
      const { webhooks } = new Finch({ accessToken: 'conformance' });
      webhooks.verifySignature(text(delivery), delivery.headers, secret);
      return true;
    }),
  weaknesses: ['reads the timestamp loosely', 'ignores text after the signature', 'hashes the body as text'],
};
