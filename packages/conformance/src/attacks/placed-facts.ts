import { createHmac } from 'node:crypto';
import type { Delivery } from '@countersign/testing';

/** What a vendor writes into the query or the body, worked out from its docs and without the engine. */
type PlacedFact = (delivery: Delivery, secret: string) => string;

const mac = (
  hash: string,
  key: string | Buffer,
  encoding: 'hex' | 'base64',
  content: string | Uint8Array,
): string => createHmac(hash, key).update(content).digest(encoding);

const json = ({ body }: Delivery) => JSON.parse(Buffer.from(body).toString());

const token: PlacedFact = (_, secret) => secret;

function mailgun({ body }: Delivery, secret: string): string {
  const text = Buffer.from(body).toString();
  const sent = text.startsWith('{')
    ? JSON.parse(text).signature
    : Object.fromEntries(new URLSearchParams(text));
  return mac('sha256', secret, 'hex', sent.timestamp + sent.token);
}

function adyen(delivery: Delivery, secret: string): string {
  const [{ NotificationRequestItem: item }] = json(delivery).notificationItems;
  const { pspReference, originalReference = '', merchantAccountCode, merchantReference } = item;
  const { amount, eventCode, success } = item;
  const references = [pspReference, originalReference, merchantAccountCode, merchantReference];
  const content = [...references, amount.value, amount.currency, eventCode, success].join(':');
  return mac('sha256', Buffer.from(secret, 'hex'), 'base64', content);
}

function dropboxSign(delivery: Delivery, secret: string): string {
  const { event_time, event_type } = json(delivery).event;
  return mac('sha256', secret, 'hex', event_time + event_type);
}

/** By title. */
export const placedFacts: Readonly<Record<string, PlacedFact>> = {
  aircall: token,
  figma: token,
  'ko-fi': token,
  livechat: token,
  'microsoft-graph': token,
  strava: token,
  'azure-event-grid query': token,
  pandadoc: ({ body }, secret) => mac('sha256', secret, 'hex', body),
  'mailgun JSON': mailgun,
  'mailgun form': mailgun,
  'dropbox-sign': dropboxSign,
  adyen,
};
