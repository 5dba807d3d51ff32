import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, utf8, verdict } from './wire.ts';

const secret = 'conformance-shared-secret-of-one-installation';
const url = 'https://hooks.example.com/connect/issue/?user_key=Zo%C3%AB+%26+Co%27s&b=2&a=1&a=0';

/** A token covers the request that it was made for, and none of its body. */
export const atlassianConnect: Oracle = {
  name: 'atlassian-connect',
  provider: 'atlassian-connect',
  sdk: 'atlassian-jwt',
  needs: 'atlassian-jwt',
  options: { secret },
  event: { url },
  bears: ['type'],
  async sign({ type, payload, timestamp }) {
    const { createQueryStringHash, encodeSymmetric, fromMethodAndUrl } = await sdk('atlassian-jwt');
    const qsh = createQueryStringHash(fromMethodAndUrl('POST', url));
    const claims = { iss: 'conformance-client-key', iat: timestamp, exp: timestamp + 180, qsh };
    return {
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        authorization: `JWT ${encodeSymmetric(claims, secret)}`,
      },
      body: utf8(JSON.stringify({ webhookEvent: type, issue: payload })),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const { createQueryStringHash, decodeSymmetric, fromMethodAndUrl } = await sdk('atlassian-jwt');
      const token = header(delivery, 'authorization').replace(/^JWT /, '');
      const { qsh } = decodeSymmetric(token, secret, 'HS256');
      return qsh === createQueryStringHash(fromMethodAndUrl(delivery.method, delivery.url));
    }),
  weaknesses: ['never checks the timestamp'],
};
