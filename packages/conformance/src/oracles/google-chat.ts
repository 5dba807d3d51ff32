import { generateKeyPairSync } from 'node:crypto';
import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, verdict } from './wire.ts';

const email = 'chat@system.gserviceaccount.com';
const url = 'https://hooks.example.com/chat';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const { publicKey: strange } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const keyServer = (key: typeof publicKey) => async (): Promise<Response> =>
  Response.json({ keys: [{ ...key.export({ format: 'jwk' }), kid: 'sample', alg: 'RS256', use: 'sig' }] });

/** An app whose audience is its URL; the library's own check, given the keys that it would fetch. */
export const googleChat: Oracle = {
  name: 'google-chat',
  provider: 'google-chat',
  sdk: 'google-auth-library',
  needs: 'google-auth-library',
  options: { url, fetch: keyServer(publicKey) },
  stranger: { url, fetch: keyServer(strange) },
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  verify: (delivery) =>
    verdict(async () => {
      const { OAuth2Client } = await sdk('google-auth-library');
      const ticket = await new OAuth2Client().verifySignedJwtWithCertsAsync(
        header(delivery, 'authorization').replace(/^Bearer /, ''),
        { sample: publicKey.export({ type: 'spki', format: 'pem' }) },
        url,
        ['accounts.google.com', 'https://accounts.google.com'],
      );
      const claims = ticket.getPayload();
      return claims.email === email && claims.email_verified === true;
    }),
  weaknesses: [],
};
