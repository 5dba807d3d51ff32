import { createHash } from 'node:crypto';
import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, utf8, verdict } from './wire.ts';

const apiKey = 'APIconformance';
const secret = 'a-secret-of-the-conformance-tests';

/** The SDK signs tokens for its API: with a hash of the body such a one is what the server sends. */
export const livekit: Oracle = {
  name: 'livekit',
  provider: 'livekit',
  sdk: 'livekit-server-sdk',
  needs: 'livekit-server-sdk',
  options: { apiKey, secret },
  async sign({ id, type, payload }) {
    const { AccessToken } = await sdk('livekit-server-sdk');
    const body = JSON.stringify({ id, event: type, room: { metadata: JSON.stringify(payload) } });
    const token = new AccessToken(apiKey, secret, { ttl: '5m' });
    token.sha256 = createHash('sha256').update(body).digest('base64');
    return {
      method: 'POST',
      url: 'https://hooks.example.com/livekit',
      headers: { 'content-type': 'application/webhook+json', authorization: await token.toJwt() },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const { WebhookReceiver } = await sdk('livekit-server-sdk');
      await new WebhookReceiver(apiKey, secret).receive(text(delivery), header(delivery, 'authorization'));
      return true;
    }),
  weaknesses: [
    'never checks the timestamp',
    'lets the message choose the algorithm',
    'hashes the body as text',
    'refuses a body that is not JSON',
    'refuses an empty body',
  ],
};
