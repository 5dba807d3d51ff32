import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, utf8, verdict } from './wire.ts';

const secret = 'conformance-client-secret';
const publicUrl = 'https://hooks.example.com/hubspot';

/** Signature v3. */
export const hubspot: Oracle = {
  name: 'hubspot',
  provider: 'hubspot',
  sdk: '@hubspot/api-client',
  needs: '@hubspot/api-client',
  options: { secret, publicUrl },
  bears: [],
  async sign({ type, payload, timestamp }) {
    const { Signature } = await sdk('@hubspot/api-client');
    const requestBody = JSON.stringify([{ eventId: 1, subscriptionType: type, value: payload }]);
    const sent = timestamp * 1000;
    const signed = { clientSecret: secret, url: publicUrl, requestBody, timestamp: sent };
    return {
      method: 'POST',
      url: publicUrl,
      headers: {
        'content-type': 'application/json',
        'x-hubspot-request-timestamp': String(sent),
        'x-hubspot-signature-v3': Signature.getSignature('POST', 'v3', signed),
      },
      body: utf8(requestBody),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const { Signature } = await sdk('@hubspot/api-client');
      return Signature.isValid({
        signature: header(delivery, 'x-hubspot-signature-v3'),
        signatureVersion: 'v3',
        method: delivery.method,
        clientSecret: secret,
        requestBody: text(delivery),
        url: delivery.url,
        timestamp: Number(header(delivery, 'x-hubspot-request-timestamp')),
      });
    }),
  weaknesses: ['accepts future timestamps', 'hashes the body as text', 'reads the timestamp loosely'],
};
