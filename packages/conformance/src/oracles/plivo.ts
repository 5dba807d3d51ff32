import { parse } from 'node:querystring';
import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, verdict } from './wire.ts';

const secret = 'conformance-auth-token';
const publicUrl = 'https://hooks.example.com/plivo';

/** Signature V3. The SDK only verifies. */
export const plivo: Oracle = {
  name: 'plivo',
  provider: 'plivo',
  sdk: 'plivo',
  needs: 'plivo',
  options: { secret, publicUrl },
  verify: (delivery) =>
    verdict(async () => {
      const { validateV3Signature } = await sdk('plivo');
      return validateV3Signature(
        delivery.method,
        delivery.url,
        header(delivery, 'x-plivo-signature-v3-nonce'),
        secret,
        header(delivery, 'x-plivo-signature-v3'),
        parse(text(delivery), '&', '=', { maxKeys: 0 }),
      );
    }),
  weaknesses: ['hashes the body as text', 'compares form fields, not bytes'],
};
