import { defineProvider, hmac, multipart, type PayloadFormat, type ProviderFactory } from '@countersign/core';

/** Variables of the user's may bear the names of signed fields; Mailgun's own come last. */
const lastOf = (value: unknown): unknown => (Array.isArray(value) ? value.at(-1) : value);

/** A form's three signed fields are gathered under `signature`, where JSON has them. */
const jsonOrForm: PayloadFormat = {
  name: 'multipart',
  async parse(body, request) {
    const payload = await multipart().parse(body, request);
    if (typeof payload !== 'object' || payload === null) return payload;
    const { signature, timestamp, token } = payload as Record<string, unknown>;
    const sent = lastOf(signature);
    if (typeof sent !== 'string') return payload;
    return { ...payload, signature: { timestamp: lastOf(timestamp), token: lastOf(token), signature: sent } };
  },
};

/**
 * Mailgun: webhooks (JSON), inbound routes and legacy webhooks (form and multipart; raise `limit` for attachments).
 * `secret` is the HTTP webhook signing key, not an API key.
 *
 * THE BODY IS NOT COVERED: only a time and a token are signed, and whoever has seen one delivery may put them before
 * any other. What stands against that is that a token passes once; it is the id, and kept as long as any id.
 * `PermanentError` is answered with 406, by which Mailgun stops.
 *
 * @see https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks
 */
export const mailgun: ProviderFactory<'secret'> = defineProvider({
  name: 'mailgun',
  docs: {
    url: 'https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: hmac({
    payload: 'signature.signature',
    hash: 'sha256',
    encoding: 'hex',
    content: [{ payload: 'signature.timestamp' }, { payload: 'signature.token' }],
  }),
  // Where a token is the same for every attempt, so is its time: as old as the last attempt may be.
  timestamp: { payload: 'signature.timestamp', unit: 's', tolerance: { past: 29_400, future: 300 } },
  id: { payload: 'signature.token' },
  type: [{ payload: 'event-data.event' }, { payload: 'event' }],
  payload: jsonOrForm,
  answers: { permanent: { status: 406 } },
  // After 10, 10, 15 and 30 minutes, and after one, two and four hours.
  horizon: 29_100,
  reactions: {
    '200': 'done',
    '406': 'drop',
    '2xx': 'retry',
    '4xx': 'retry',
    '5xx': 'retry',
    timeout: 'retry',
  },
});
