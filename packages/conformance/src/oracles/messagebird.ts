import type { Delivery, Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { utf8, verdict } from './wire.ts';

const secret = 'conformance-signing-key';
const address = 'https://hooks.example.com/messagebird?statusReason=a+b&id=1';

const requestOf = ({ url, headers, body }: Omit<Delivery, 'method'>) => ({
  headers,
  query: Object.fromEntries(new URL(url).searchParams),
  body: Buffer.from(body),
});

/** The older signature. */
export const messagebird: Oracle = {
  name: 'messagebird',
  provider: 'messagebird',
  sdk: 'messagebird',
  needs: 'messagebird',
  options: { secret },
  bears: ['type'],
  async sign({ type, payload, timestamp }) {
    const signature = await sdk('messagebird/lib/signature.js');
    const body = utf8(JSON.stringify({ type, message: payload }));
    const headers = { 'messagebird-request-timestamp': String(timestamp) };
    const digest: Buffer = signature.generate(requestOf({ url: address, headers, body }), secret);
    return {
      method: 'POST',
      url: address,
      headers: {
        'content-type': 'application/json',
        ...headers,
        'messagebird-signature': digest.toString('base64'),
      },
      body,
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const signature = await sdk('messagebird/lib/signature.js');
      return signature.validate(requestOf(delivery), secret);
    }),
  event: { url: address },
  weaknesses: ['accepts future timestamps'],
};
