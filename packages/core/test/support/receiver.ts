import {
  createReceiver,
  type OpenEvents,
  type ReceiverOptions,
  type WebhookRequest,
} from '../../src/index.ts';
import { acme, delivery, NOW, request, SECRET } from './acme.ts';

export type Options = ReceiverOptions<OpenEvents>;

/** Short, quiet, and at `NOW`. */
export const settings: Options = { logger: false, now: () => NOW, limit: 1024, timeout: 10_000 };
export const receiverOf = (options: Options = {}) =>
  createReceiver(acme({ secret: SECRET }), { ...settings, ...options });

export const fails = (cause: unknown) => () => {
  throw cause;
};
/** Signed with a timestamp that is absent, or written as it should not be. */
const at = (timestamp: string): WebhookRequest => delivery({ type: 'ping' }, { timestamp });
const without = (header: string): WebhookRequest => {
  const sent = delivery();
  (sent.headers as Headers).delete(header);
  return sent;
};

/** One delivery for every code that is 401. */
export const unauthorized: [string, () => WebhookRequest][] = [
  ['ERR_WEBHOOK_SIGNATURE_MISSING', () => request({ body: '{}' })],
  ['ERR_WEBHOOK_SIGNATURE_MALFORMED', () => delivery({}, { headers: { 'x-acme-signature': 'none' } })],
  ['ERR_WEBHOOK_SIGNATURE_MISMATCH', () => delivery({}, { secret: 'other' })],
  ['ERR_WEBHOOK_ID_MISSING', () => without('x-acme-id')],
  ['ERR_WEBHOOK_ID_MALFORMED', () => delivery({}, { id: 'a.b' })],
  ['ERR_WEBHOOK_TIMESTAMP_MISSING', () => without('x-acme-timestamp')],
  ['ERR_WEBHOOK_TIMESTAMP_MALFORMED', () => at('soon')],
  ['ERR_WEBHOOK_TIMESTAMP_TOO_OLD', () => at(String(NOW / 1000 - 301))],
  ['ERR_WEBHOOK_TIMESTAMP_TOO_NEW', () => at(String(NOW / 1000 + 301))],
];

/** A delivery as Fetch brings it. */
export const fetched = ({ method, headers, body }: WebhookRequest): Request =>
  new Request('http://localhost/hooks', {
    method,
    headers: headers as Headers,
    body: body as BodyInit | null,
  });
