import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, utf8, verdict } from './wire.ts';

const secret = 'conformance-signing-secret';

/** The payload becomes what the event embeds. */
export const mollie: Oracle = {
  name: 'mollie',
  provider: 'mollie',
  sdk: 'mollie-api-typescript',
  needs: 'mollie-api-typescript',
  options: { secret },
  async sign({ id, type, payload, timestamp }) {
    const { SignatureValidator } = await sdk('mollie-api-typescript');
    const createdAt = new Date(timestamp * 1000).toISOString();
    const body = JSON.stringify({ resource: 'event', id, type, createdAt, _embedded: { entity: payload } });
    return {
      method: 'POST',
      url: 'https://hooks.example.com/mollie',
      headers: {
        'content-type': 'application/json',
        'x-mollie-signature': `sha256=${await SignatureValidator.createSignature(body, secret)}`,
      },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const { SignatureValidator } = await sdk('mollie-api-typescript');
      const signatures = header(delivery, 'x-mollie-signature').split(', ');
      return SignatureValidator.validate(text(delivery), secret, signatures);
    }),
  weaknesses: ['hashes the body as text', 'refuses upper-case hex'],
};
