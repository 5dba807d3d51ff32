import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { verdict } from './wire.ts';

const user = 'conformance';
const password = 'pass:word';

/** The SDK only verifies, and looks at nothing but the header. */
export const chargebee: Oracle = {
  name: 'chargebee',
  provider: 'chargebee',
  sdk: 'chargebee',
  needs: 'chargebee',
  options: { secret: `${user}:${password}` },
  verify: (delivery) =>
    verdict(async () => {
      const { basicAuthValidator } = await sdk('chargebee');
      const validate = basicAuthValidator((name: string, word: string) => name === user && word === password);
      await validate(delivery.headers);
      return true;
    }),
  weaknesses: [],
};
