import { createHmac, randomUUID } from 'node:crypto';
import type { HeaderLine, RawRequest } from './raw-request.ts';
import { ORIGIN, PATH, secrets } from './senders.ts';

/** What can be said of a delivery; everything else is genuine. */
export interface DeliveryOptions {
  readonly id?: string;
  /** Seconds from now. */
  readonly age?: number;
  readonly body?: Uint8Array | string;
  /** `undefined`: no Content-Type at all. */
  readonly contentType?: string | undefined;
  /** Whose secret signs. */
  readonly by?: keyof typeof secrets;
  readonly target?: string;
  readonly method?: string;
  readonly version?: '1.0' | '1.1';
  readonly headers?: readonly HeaderLine[];
}

/** HMAC made by node:crypto alone, so that an error of the engine cannot hide behind itself. */
const macOf = (secret: string, ...parts: readonly (string | Uint8Array)[]): string => {
  const mac = createHmac('sha256', secret);
  for (const part of parts) mac.update(part);
  return mac.digest('hex');
};

const contentTypeOf = (options: DeliveryOptions): readonly HeaderLine[] => {
  const type = 'contentType' in options ? options.contentType : 'application/json';
  return type === undefined ? [] : [['Content-Type', type]];
};

const requestOf = (options: DeliveryOptions, signed: readonly HeaderLine[]): RawRequest => ({
  method: options.method ?? 'POST',
  target: options.target ?? PATH,
  headers: [...contentTypeOf(options), ...signed, ...(options.headers ?? [])],
  body: Buffer.from(options.body ?? '{"hello":"world"}'),
  version: options.version ?? '1.1',
});

/**
 * A genuine, signed delivery, with an id of its own.
 *
 * @param options what is special about it
 * @example
 * ```ts
 * const stale = deliveryOf({ age: 3600 });
 * ```
 */
export function deliveryOf(options: DeliveryOptions = {}): RawRequest {
  const { id = randomUUID(), age = 0, by = 'mine' } = options;
  const request = requestOf(options, []);
  const timestamp = String(Math.floor(Date.now() / 1000) - age);
  const mac = macOf(secrets[by], id, '.', timestamp, '.', request.body);
  return requestOf(options, [
    ['Acme-Id', id],
    ['Acme-Type', 'thing.happened'],
    ['Acme-Timestamp', timestamp],
    ['Acme-Signature', `sha256=${mac}`],
  ]);
}

/**
 * The question that the sender asks a new address.
 *
 * @param challenge to be echoed
 */
export const handshakeOf = (challenge: string): RawRequest => ({
  method: 'GET',
  target: `${PATH}?mode=subscribe&challenge=${encodeURIComponent(challenge)}`,
  headers: [],
  body: Buffer.alloc(0),
});

/**
 * A delivery whose signature covers its address.
 *
 * @param target the request target, letter for letter
 * @param origin signed in front of it
 */
export function urlDeliveryOf(
  target: string,
  origin = ORIGIN,
  headers: readonly HeaderLine[] = [],
): RawRequest {
  const options = { target, headers, body: 'a=1' };
  return requestOf(options, [['Acme-Signature', macOf(secrets.mine, origin, target, '.', options.body)]]);
}

/**
 * A delivery that shows a token, once for each of `tokens`.
 *
 * @param tokens `good` or `bad`, in order
 */
export const tokenDeliveryOf = (...tokens: readonly ('good' | 'bad')[]): RawRequest =>
  requestOf(
    {},
    tokens.map((kind) => ['Authorization', `Bearer ${kind === 'good' ? secrets.mine : 'guessed'}`] as const),
  );
