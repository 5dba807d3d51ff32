import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { HeaderLine, RawRequest } from '@countersign/testing/raw-http';
import type { Wish } from './endpoints.ts';
import type { Step } from './messages.ts';
import { type Mount, pathOf, SECRET } from './server-options.ts';

/** A request that is a delivery, and what is known of it. */
export interface Delivery extends RawRequest {
  readonly id: string;
  /** SHA-256 of its body, in hex. */
  readonly digest: string;
  readonly isGenuine: boolean;
}

export interface DeliveryOptions extends Wish {
  /** Where it is held. */
  readonly at?: Step;
  /** Bytes of its body, about. */
  readonly size?: number;
  /** In place of what is made up. */
  readonly body?: Uint8Array;
  /** What is signed, where that is not what is sent. */
  readonly signs?: Uint8Array;
  readonly forged?: boolean;
  readonly mount?: Mount;
  readonly path?: string;
  readonly method?: string;
  readonly version?: '1.0' | '1.1';
  readonly contentType?: string | undefined;
  readonly headers?: readonly HeaderLine[];
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const keys: Record<Mount, Uint8Array | string> = {
  webhook: Buffer.from(SECRET.slice(6), 'base64'),
  route: Buffer.from(SECRET.slice(6), 'base64'),
  inflate: SECRET.slice(6),
};

/** Well-formed, and different as soon as anybody prints it again. */
function bodyOf({ answer, throws, size = 0 }: DeliveryOptions): Buffer {
  const wish = JSON.stringify({ answer, throws });
  const text = `{ "n" : 1.0,\r\n "wish":"\\u00e9 $& $1", ${wish.slice(1, -1)}${wish === '{}' ? '' : ','} "pad":"`;
  return Buffer.from(`${text}${'x'.repeat(Math.max(0, size - text.length - 2))}"}`);
}

/**
 * A signed delivery, with an id of its own. The signature is made by node:crypto alone.
 *
 * @param options what is special about it
 */
export function deliveryOf(options: DeliveryOptions = {}): Delivery {
  const { at, forged = false, mount = 'webhook', method = 'POST' } = options;
  const id = [`msg_${randomUUID()}`, at].filter(Boolean).join('-');
  const body = Buffer.from(options.body ?? bodyOf(options));
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signed = options.signs ?? body;
  const mac = createHmac('sha256', keys[mount]).update(`${id}.${timestamp}.`).update(signed).digest('base64');
  const signature = forged ? `v1,${mac[0] === 'A' ? 'B' : 'A'}${mac.slice(1)}` : `v1,${mac}`;
  const contentType = 'contentType' in options ? options.contentType : 'application/json';
  return {
    id,
    digest: digestOf(signed),
    isGenuine: !forged && method === 'POST',
    method,
    target: options.path ?? pathOf(mount),
    version: options.version ?? '1.1',
    headers: [
      ...(contentType === undefined ? [] : [['Content-Type', contentType] as const]),
      ['webhook-id', id],
      ['webhook-timestamp', timestamp],
      ['webhook-signature', signature],
      ...(options.headers ?? []),
    ],
    body,
  };
}
