import { parse } from 'node:querystring';

import type { Oracle, OracleEvent } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, utf8, verdict } from './wire.ts';

// What the main entry re-exports, without the REST client.
const webhooks = () => sdk('twilio/lib/webhooks/webhooks.js');

const secret = 'conformance-auth-token';
const publicUrl = 'https://hooks.example.com/twilio';

/** One field for each entry of the payload, repeated for an array; anything but text is written as JSON. */
function fields({ id, type, payload }: OracleEvent): URLSearchParams {
  const form = new URLSearchParams({ MessageSid: id, EventType: type });
  const named: object = typeof payload === 'object' && payload !== null ? payload : { Body: payload };
  for (const [name, value] of Object.entries(named) as [string, unknown][]) {
    for (const item of Array.isArray(value) ? value : [value]) {
      form.append(name, typeof item === 'string' ? item : JSON.stringify(item));
    }
  }
  return form;
}

/** What `express.urlencoded({ extended: false })` makes of it, as the SDK expects, but without its limit. */
const parameters = (body: string) => parse(body, '&', '=', { maxKeys: 0 });

export const twilio: Oracle = {
  name: 'twilio',
  provider: 'twilio',
  sdk: 'twilio',
  needs: 'twilio',
  options: { secret, publicUrl },
  async sign(event) {
    const { getExpectedTwilioSignature } = await webhooks();
    const body = fields(event).toString();
    return {
      method: 'POST',
      url: publicUrl,
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'i-twilio-idempotency-token': event.id,
        'user-agent': 'TwilioProxy/1.1',
        'x-twilio-signature': getExpectedTwilioSignature(secret, publicUrl, parameters(body)),
      },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () =>
      (await webhooks()).validateRequest(
        secret,
        header(delivery, 'x-twilio-signature'),
        delivery.url,
        parameters(text(delivery)),
      ),
    ),
  event: { url: 'https://hooks.example.com/twilio' },
  weaknesses: [
    'hashes the body as text',
    'compares form fields, not bytes',
    'tries several spellings of the URL',
  ],
};
