import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, utf8, verdict } from './wire.ts';

const applicationKey = '669E367E-6BBA-48AB-AF15-266871C28135';
const secret = 'BeIukql3pTKJ8RGL5zo0DA==';

/** By its path: the package's own entry needs another one, which it does not name as a dependency. */
const HELPER = './node_modules/@sinch/sdk-client/dist/utils/authorization.helper.js';

/** The payload becomes `custom`. */
export const sinchVoice: Oracle = {
  name: 'sinch-voice',
  provider: 'sinch-voice',
  sdk: '@sinch/sdk-client',
  needs: '@sinch/sdk-client',
  options: { secret, applicationKey },
  stranger: { secret: 'AeIukql3pTKJ8RGL5zo0DA==', applicationKey },
  bears: ['type'],
  async sign({ type, payload, timestamp }) {
    const { generateAuthorizationHeader } = await sdk(HELPER);
    const body = JSON.stringify({ event: type, callid: 'c1', custom: payload });
    const contentType = 'application/json; charset=utf-8';
    const time = new Date(timestamp * 1000).toISOString();
    const authorization = generateAuthorizationHeader(
      'POST',
      body,
      contentType,
      `x-timestamp:${time}`,
      '/sinch',
      applicationKey,
      secret,
    );
    return {
      method: 'POST',
      url: 'https://hooks.example.com/sinch',
      headers: { 'content-type': contentType, 'x-timestamp': time, authorization },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const { validateAuthenticationHeader } = await sdk(HELPER);
      const { pathname } = new URL(delivery.url);
      const { headers, method } = delivery;
      return validateAuthenticationHeader(applicationKey, secret, headers, text(delivery), pathname, method);
    }),
  weaknesses: [
    'never checks the timestamp',
    'hashes the body as text',
    'lets the message choose the algorithm',
  ],
};
