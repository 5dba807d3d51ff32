import { generateKeyPairSync } from 'node:crypto';
import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, verdict } from './wire.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-521' });
const { publicKey: strange } = generateKeyPairSync('ec', { namedCurve: 'P-521' });

const jwks = (key: typeof publicKey): string =>
  JSON.stringify({ keys: [{ ...key.export({ format: 'jwk' }), kid: 'sample', alg: 'ES512' }] });

const keyServer = (key: typeof publicKey) => async (): Promise<Response> => new Response(jwks(key));

const KEYS = 'https://webhooks.truelayer.com/.well-known/jwks';

/** The library signs requests to TrueLayer, which name no key address: its half is to judge. */
export const truelayer: Oracle = {
  name: 'truelayer',
  provider: 'truelayer',
  sdk: 'truelayer-signing',
  needs: 'truelayer-signing',
  options: { fetch: keyServer(publicKey) },
  stranger: { fetch: keyServer(strange) },
  privateKey: (privateKey.export({ type: 'pkcs8', format: 'der' }) as Buffer).toString('base64'),
  verify: (delivery) =>
    verdict(async () => {
      const { extractJku, verify } = await sdk('truelayer-signing');
      const signature = header(delivery, 'tl-signature');
      if (extractJku(signature) !== KEYS) return false;
      verify({
        jwks: jwks(publicKey),
        signature,
        method: delivery.method,
        path: new URL(delivery.url).pathname,
        headers: delivery.headers,
        body: text(delivery),
        requiredHeaders: ['X-Tl-Webhook-Timestamp'],
      });
      return true;
    }),
  weaknesses: ['never checks the timestamp', 'hashes the body as text'],
};
