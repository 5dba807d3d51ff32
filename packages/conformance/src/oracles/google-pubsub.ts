import { generateKeyPairSync } from 'node:crypto';
import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, verdict } from './wire.ts';

const email = 'push@project.iam.gserviceaccount.com';
const audience = 'https://hooks.example.com/pubsub';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const { publicKey: strange } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const keyServer = (key: typeof publicKey) => async (): Promise<Response> =>
  Response.json({ keys: [{ ...key.export({ format: 'jwk' }), kid: 'sample', alg: 'RS256', use: 'sig' }] });

/** The library's own check of a token, given the keys that it would fetch. */
export const googlePubsub: Oracle = {
  name: 'google-pubsub',
  provider: 'google-pubsub',
  sdk: 'google-auth-library',
  needs: 'google-auth-library',
  options: { audience, email, fetch: keyServer(publicKey) },
  stranger: { audience, email, fetch: keyServer(strange) },
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  event: { payload: { message: { data: 'SGVsbG8=', attributes: { name: 'Zoë & Co. $& $$' } } } },
  verify: (delivery) =>
    verdict(async () => {
      const { OAuth2Client } = await sdk('google-auth-library');
      const ticket = await new OAuth2Client().verifySignedJwtWithCertsAsync(
        header(delivery, 'authorization').replace(/^Bearer /, ''),
        { sample: publicKey.export({ type: 'spki', format: 'pem' }) },
        audience,
        ['accounts.google.com', 'https://accounts.google.com'],
      );
      const claims = ticket.getPayload();
      return claims.email === email && claims.email_verified === true;
    }),
  weaknesses: [],
};
