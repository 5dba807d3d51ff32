import { createHmac, randomUUID } from 'node:crypto';
import type { RawRequest } from '../../../../testing/src/adapter-suite/raw-request.ts';
import { paths, ROUTE_SECRET, SECRET } from './settings.ts';

/** What can be said of a delivery; everything else is genuine. */
export interface DeliveryOptions {
  readonly payload?: object;
  /** The exact body, in place of `payload`. */
  readonly body?: string;
  readonly to?: 'webhook' | 'route';
  /** Seconds from now. */
  readonly age?: number;
  readonly method?: string;
  readonly headers?: RawRequest['headers'];
}

export interface SentDelivery extends RawRequest {
  readonly id: string;
}

const secrets = { webhook: SECRET, route: ROUTE_SECRET };

/** A delivery of Standard Webhooks, signed by node:crypto alone: nothing of it is ours. */
export function deliveryOf(options: DeliveryOptions = {}): SentDelivery {
  const {
    payload = { type: 'user.created' },
    body = JSON.stringify(payload),
    to = 'webhook',
    age = 0,
  } = options;
  const id = `msg_${randomUUID()}`;
  const timestamp = String(Math.floor(Date.now() / 1000) - age);
  const mac = createHmac('sha256', Buffer.from(secrets[to].slice('whsec_'.length), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return {
    id,
    method: options.method ?? 'POST',
    target: paths[to],
    headers: [
      ['Content-Type', 'application/json'],
      ['Webhook-Id', id],
      ['Webhook-Timestamp', timestamp],
      ['Webhook-Signature', `v1,${mac}`],
      ...(options.headers ?? []),
    ],
    body: Buffer.from(body),
  };
}
