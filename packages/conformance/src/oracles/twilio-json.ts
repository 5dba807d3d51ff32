import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, utf8, verdict } from './wire.ts';

// What the main entry re-exports, without the REST client.
const webhooks = () => sdk('twilio/lib/webhooks/webhooks.js');

const secret = 'conformance-auth-token';
const publicUrl = 'https://hooks.example.com/twilio';

/** The payload is the body, bound to the signed URL by `bodySHA256`. */
export const twilioJson: Oracle = {
  name: 'twilio (json)',
  provider: 'twilio',
  sdk: 'twilio',
  needs: 'twilio',
  options: { secret, publicUrl },
  async sign({ id, payload }) {
    const { getExpectedBodyHash, getExpectedTwilioSignature } = await webhooks();
    const body = JSON.stringify(payload);
    const url = `${publicUrl}?bodySHA256=${getExpectedBodyHash(body)}`;
    return {
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        'i-twilio-idempotency-token': id,
        'user-agent': 'TwilioProxy/1.1',
        'x-twilio-signature': getExpectedTwilioSignature(secret, url, {}),
      },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () =>
      (await webhooks()).validateRequestWithBody(
        secret,
        header(delivery, 'x-twilio-signature'),
        delivery.url,
        text(delivery),
      ),
    ),
  event: { format: 'json', url: 'https://hooks.example.com/twilio' },
  bears: ['id'],
  weaknesses: ['hashes the body as text', 'tries several spellings of the URL'],
};
