import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, utf8, verdict } from './wire.ts';

const secret = '11223344D785FBAE710E7F943F307971BB61B21281C98C9129B3D4018A57B2EB';

async function validator() {
  const library = await sdk('@adyen/api-library');
  const { hmacValidator: HmacValidator } = library.default ?? library;
  return new HmacValidator();
}

/** The payload becomes the `data` of a notification. */
export const adyenPlatform: Oracle = {
  name: 'adyen-platform',
  provider: 'adyen-platform',
  sdk: '@adyen/api-library',
  needs: '@adyen/api-library',
  options: { secret },
  bears: ['type'],
  async sign({ type, payload }) {
    const body = JSON.stringify({ data: payload, environment: 'test', type });
    return {
      method: 'POST',
      url: 'https://hooks.example.com/adyen-platform',
      headers: {
        'content-type': 'application/json',
        hmacsignature: (await validator()).calculateHmac(body, secret),
        protocol: 'HmacSHA256',
      },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () =>
      (await validator()).validateHMACSignature(secret, header(delivery, 'hmacsignature'), text(delivery)),
    ),
  weaknesses: ['hashes the body as text'],
};
