import type { Delivery, Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, utf8, verdict } from './wire.ts';

const secret = 'c0nf0rm4'.repeat(8);
const address = 'https://hooks.example.com/contentful?space=cfexampleapi&env=master';

const requestOf = (delivery: Delivery) => {
  const { pathname, search } = new URL(delivery.url);
  const { method, headers } = delivery;
  return { method, path: pathname + search, headers, body: text(delivery) };
};

/** Topic and id stand in signed headers. */
export const contentful: Oracle = {
  name: 'contentful',
  provider: 'contentful',
  sdk: '@contentful/node-apps-toolkit',
  needs: '@contentful/node-apps-toolkit',
  options: { secret },
  async sign({ id, type, payload, timestamp }) {
    const { signRequest } = await sdk('@contentful/node-apps-toolkit');
    const bare: Delivery = {
      method: 'POST',
      url: address,
      headers: {
        'content-type': 'application/vnd.contentful.management.v1+json',
        'x-contentful-topic': type,
        'x-contentful-idempotency-key': id,
      },
      body: utf8(JSON.stringify({ sys: { id: 'entry1' }, fields: payload })),
    };
    const own = signRequest(secret, requestOf(bare), timestamp * 1000);
    return { ...bare, headers: { ...bare.headers, ...own } };
  },
  verify: (delivery) =>
    verdict(async () => {
      const { verifyRequest } = await sdk('@contentful/node-apps-toolkit');
      return verifyRequest(secret, requestOf(delivery));
    }),
  event: { url: address },
  weaknesses: [
    'accepts future timestamps',
    'hashes the body as text',
    'reads the timestamp loosely',
    'refuses upper-case hex',
  ],
};
