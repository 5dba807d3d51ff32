import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type SenderName, senders } from '../senders.ts';
import type { Memory } from './memory.ts';

/** A hand-written check: what a signature header says, and what the bytes say. */
type Check = (headers: IncomingHttpHeaders, body: Buffer) => boolean;

const isSame = (expected: Buffer, sent: Buffer): boolean =>
  expected.length === sent.length && timingSafeEqual(expected, sent);

const KEY = Buffer.from(senders['standard-webhooks'].secret.slice('whsec_'.length), 'base64');

const checks: Readonly<Record<SenderName, Check>> = {
  stripe(headers, body) {
    const [time = '', mac = ''] = String(headers['stripe-signature']).split(',');
    const expected = createHmac('sha256', senders.stripe.secret)
      .update(`${time.slice(2)}.`)
      .update(body)
      .digest();
    return isSame(expected, Buffer.from(mac.slice(3), 'hex'));
  },
  'standard-webhooks'(headers, body) {
    const before = `${headers['webhook-id']}.${headers['webhook-timestamp']}.`;
    const expected = createHmac('sha256', KEY).update(before).update(body).digest();
    return isSame(expected, Buffer.from(String(headers['webhook-signature']).slice(3), 'base64'));
  },
  github(headers, body) {
    const expected = createHmac('sha256', senders.github.secret).update(body).digest();
    return isSame(expected, Buffer.from(String(headers['x-hub-signature-256']).slice(7), 'hex'));
  },
};

export const ACKNOWLEDGEMENT = '{"received":true}';

/** What every endpoint here does with an event. */
export function handler(event: unknown): void {
  if (event === undefined) throw new Error('no event');
}

/** Where each sender puts the id of an event. */
const ids: Readonly<Record<SenderName, (headers: IncomingHttpHeaders, event: { id: string }) => unknown>> = {
  stripe: (_, event) => event.id,
  'standard-webhooks': (headers) => headers['webhook-id'],
  github: (headers) => headers['x-github-delivery'],
};

/**
 * The endpoint that one would write in ten lines: no clock, no limits, and no duplicates unless it is given a memory.
 * Returns the status.
 */
export function handleByHand(
  sender: SenderName,
  headers: IncomingHttpHeaders,
  body: Buffer,
  memory?: Memory,
): number {
  if (!checks[sender](headers, body)) return 401;
  const event = JSON.parse(body.toString());
  if (!memory?.has(String(ids[sender](headers, event)), body)) handler(event);
  return 200;
}
