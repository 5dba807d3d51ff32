import { createHmac } from 'node:crypto';
import { hmac, type ProviderRecord, type PublicUrl, type WebhookRequest } from '@countersign/core';

/** A whole second. */
export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

/** Texts that nobody but their owner may see again. */
export const canaries = {
  secret: 'canary-secret-Zk7Qw9',
  payload: 'canary-payload-Hb3Xv5',
  query: 'canary-query-Mn2Lp8',
  header: 'canary-header-Ty6Rd4',
} as const;

export interface OwnOptions {
  readonly publicUrl?: PublicUrl;
}

/** A sender made up for the faults: it signs its time, its address and its body, and not its id. */
export const record: ProviderRecord<'secret', OwnOptions> = {
  name: 'own',
  scheme: hmac({
    header: 'x-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'url', { text: '.' }, 'body'],
  }),
  timestamp: { header: 'x-timestamp', unit: 's' },
  id: { header: 'x-id' },
  type: { payload: 'type' },
};

/** The delivery in which a fault strikes. */
export const VICTIM = 'victim';

export const ORIGIN = 'https://receiver.test';

export interface DeliverySpec {
  readonly id: string;
  /** What is in the body beside the type. */
  readonly content?: string;
  readonly isForged?: boolean;
  readonly isAnonymous?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

const URL = `${ORIGIN}/hooks?token=${canaries.query}`;

const bodyOf = (content: string): string =>
  JSON.stringify({ type: 'ping', content, canary: canaries.payload });

const signatureOf = (body: string): string =>
  createHmac('sha256', canaries.secret)
    .update(`${NOW / 1000}.${URL}.${body}`)
    .digest('hex');

/** With what was expected of a forged delivery. */
export const confidential = { ...canaries, signature: signatureOf(bodyOf(VICTIM)) };

const otherThan = (signature: string): string =>
  signature.replace(/^./, (first) => (first === '0' ? '1' : '0'));

/** A delivery of the sender made up here, signed by Node. */
export function deliveryOf({
  id,
  content = id,
  isForged,
  isAnonymous,
  headers,
}: DeliverySpec): WebhookRequest {
  const body = bodyOf(content);
  const signature = signatureOf(body);
  return {
    method: 'POST',
    url: URL,
    headers: new Headers({
      'x-signature': isForged ? otherThan(signature) : signature,
      'x-timestamp': String(NOW / 1000),
      'x-canary': canaries.header,
      ...(!isAnonymous && { 'x-id': id }),
      ...headers,
    }),
    body: Buffer.from(body),
  };
}
