import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, utf8, verdict } from './wire.ts';

const secret = 'conformance-webhook-secret';

/** The payload is the body: a projection that the user writes. */
export const sanity: Oracle = {
  name: 'sanity',
  provider: 'sanity',
  sdk: '@sanity/webhook',
  needs: '@sanity/webhook',
  options: { secret },
  async sign({ id, type, payload, timestamp }) {
    const { encodeSignatureHeader } = await sdk('@sanity/webhook');
    const body = JSON.stringify(payload);
    return {
      method: 'POST',
      url: 'https://hooks.example.com/sanity',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': id,
        'sanity-operation': type,
        'sanity-webhook-signature': await encodeSignatureHeader(body, timestamp * 1000, secret),
      },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const { isValidSignature } = await sdk('@sanity/webhook');
      return isValidSignature(text(delivery), header(delivery, 'sanity-webhook-signature'), secret);
    }),
  weaknesses: ['never checks the timestamp', 'hashes the body as text', 'refuses an empty body'],
};
