import { createHash } from 'node:crypto';
import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, verdict } from './wire.ts';

const secret = 'conformance-signature-secret-of-vonage';

/** The SDK judges the token alone; the hash in it is compared as Vonage's documentation says. */
export const vonage: Oracle = {
  name: 'vonage',
  provider: 'vonage',
  sdk: '@vonage/jwt',
  needs: '@vonage/jwt',
  options: { secret },
  verify: (delivery) =>
    verdict(async () => {
      const { verifySignature } = await sdk('@vonage/jwt');
      const token = header(delivery, 'authorization').replace(/^Bearer /, '');
      const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
      const hash = createHash('sha256').update(delivery.body).digest('hex');
      return verifySignature(token, secret) && claims.payload_hash === hash;
    }),
  weaknesses: ['never checks the timestamp', 'lets the message choose the algorithm'],
};
