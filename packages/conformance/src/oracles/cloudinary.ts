import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, utf8, verdict } from './wire.ts';

const secret = 'conformance-api-secret';

async function utils() {
  const library = await sdk('cloudinary');
  const { v2 } = library.v2 ? library : library.default;
  v2.config({ api_secret: secret });
  return v2.utils;
}

/** With the default hash, SHA-1. */
export const cloudinary: Oracle = {
  name: 'cloudinary',
  provider: 'cloudinary',
  sdk: 'cloudinary',
  needs: 'cloudinary',
  options: { secret },
  bears: ['type'],
  async sign({ type, payload, timestamp }) {
    const body = JSON.stringify({ notification_type: type, context: payload });
    return {
      method: 'POST',
      url: 'https://hooks.example.com/cloudinary',
      headers: {
        'content-type': 'application/json',
        'x-cld-timestamp': String(timestamp),
        'x-cld-signature': (await utils()).webhook_signature(body, timestamp, { api_secret: secret }),
      },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () =>
      (await utils()).verifyNotificationSignature(
        text(delivery),
        header(delivery, 'x-cld-timestamp'),
        header(delivery, 'x-cld-signature'),
      ),
    ),
  weaknesses: ['accepts future timestamps', 'hashes the body as text', 'refuses upper-case hex'],
};
