import { concat } from './bytes.ts';
import { withDeadline } from './deadline.ts';
import { isFailure, WebhookError } from './errors.ts';
import type { ByteReader, ByteSource, ByteStream, WebhookRequest } from './http.ts';
import type { MaybePromise } from './maybe-promise.ts';

/** Undoes a Content-Encoding within `limit` bytes, or returns `undefined` for one it does not know. */
export type BodyDecoder = (
  body: Uint8Array,
  encoding: string,
  limit: number,
) => Promise<Uint8Array> | undefined;

export interface BodyRules {
  /** Bytes. */
  readonly limit: number;
  /** Milliseconds for the whole body. */
  readonly timeout: number;
  /** For senders that compress; without it every encoding is refused before a byte is decoded. */
  readonly decoder?: BodyDecoder | undefined;
}

const tooLarge = (limit: number): WebhookError =>
  new WebhookError(
    'ERR_WEBHOOK_BODY_TOO_LARGE',
    `the body is larger than ${limit} bytes: raise \`limit\` if this sender is right to send so much`,
  );

const consumed = (by = 'something'): WebhookError =>
  new WebhookError(
    'ERR_WEBHOOK_BODY_CONSUMED',
    `${by} read the body before the receiver, and the signed bytes are gone: mount the webhook route before it, or keep it off this path`,
  );

const undecoded = (how: string): WebhookError =>
  new WebhookError('ERR_WEBHOOK_INTERNAL', `the decoder of this provider decoded the body ${how}`);

/**
 * What is read and dropped of a refused body before the connection is closed on it: a sender that is cut off in the
 * middle of its sentence never hears the answer, and one that talks on for ever must be.
 */
export const DISCARD = { bytes: 8 * 1024 * 1024, ms: 5000 } as const;

async function discard(reader: ByteReader): Promise<void> {
  const rest = async (): Promise<void> => {
    for (let left: number = DISCARD.bytes; left >= 0; ) {
      const { done, value } = await reader.read();
      if (done) return;
      left -= value?.byteLength ?? 0;
    }
  };
  try {
    await withDeadline(DISCARD.ms, rest(), () => new Error('still talking'));
  } finally {
    await reader.cancel();
  }
}

/** What is read by asking for each piece. */
export const pulled =
  (next: () => Promise<{ done?: boolean | undefined; value?: unknown }>): ByteSource['pieces'] =>
  async (take) => {
    for (;;) {
      const { done, value } = await next();
      if (done) return;
      take(value as Uint8Array);
    }
  };

type AnyBody = ByteSource | ByteStream | AsyncIterable<Uint8Array>;

/** A web stream is read by its reader, because its iterator cannot be stopped while it waits. */
function sourceOf(body: AnyBody): ByteSource {
  if ('pieces' in body) return body;
  if ('getReader' in body) {
    if (body.locked) throw consumed();
    const reader = body.getReader();
    return { pieces: pulled(() => reader.read()), cancel: () => discard(reader) };
  }
  const iterator = body[Symbol.asyncIterator]();
  return {
    pieces: pulled(() => iterator.next()),
    cancel: async () => void (await iterator.return?.()),
  };
}

/** Pieces that are kept as they came. A piece of one byte takes two hundred: a limit in bytes must be one in memory. */
const LOOSE = 64;

/** Pieces on the way to a whole. */
interface Gathering {
  /** @throws WebhookError when there are more bytes than may be, or what comes is no bytes */
  take(piece: Uint8Array): void;
  whole(): Uint8Array;
}

/** Gathers the pieces of a body, counting as it goes. */
export function gather(limit: number): Gathering {
  const bound: Uint8Array[] = [];
  const loose: Uint8Array[] = [];
  let size = 0;
  return {
    take(piece) {
      // A string here means that someone called `setEncoding`: the bytes are gone.
      if (!ArrayBuffer.isView(piece)) throw consumed('setEncoding() or a parser');
      size += piece.byteLength;
      if (size > limit) throw tooLarge(limit);
      loose.push(piece);
      if (loose.length === LOOSE) bound.push(concat(loose.splice(0)));
    },
    // Most bodies are one piece.
    whole: () => (size === loose[0]?.byteLength ? loose[0] : concat([...bound, ...loose])),
  };
}

async function readStream(body: AnyBody, { limit, timeout }: BodyRules): Promise<Uint8Array> {
  const source = sourceOf(body);
  const { take, whole } = gather(limit);
  const late = () =>
    new WebhookError('ERR_WEBHOOK_BODY_TIMEOUT', `the body did not arrive within ${timeout} ms`);
  try {
    const arriving = source.arrived?.();
    const all = arriving && (await arriving);
    if (all) take(all);
    else await withDeadline(timeout, source.pieces(take), late);
    return whole();
  } catch (error) {
    // It is refused already; a stream that cannot even be cancelled changes nothing.
    source.cancel().catch(() => {});
    if (isFailure(error)) throw error;
    const message = 'the sender closed the connection before the body was complete';
    throw new WebhookError('ERR_WEBHOOK_BODY_ABORTED', message, { cause: error });
  }
}

function readWire(request: WebhookRequest, rules: BodyRules): MaybePromise<Uint8Array> {
  if (Number(request.headers.get('content-length')) > rules.limit) throw tooLarge(rules.limit);
  // Only now: merely to look at these makes some platforms open the stream, and close the connection on what is left.
  const { bodyUsed, body } = request;
  if (bodyUsed) throw consumed(request.bodyUsedBy);
  if (body === null) return new Uint8Array();
  if (!ArrayBuffer.isView(body)) return readStream(body, rules);
  if (body.length > rules.limit) throw tooLarge(rules.limit);
  return body;
}

async function readDecoded(request: WebhookRequest, rules: BodyRules, encoding: string): Promise<Uint8Array> {
  const { decoder, limit, timeout } = rules;
  const decoding = decoder?.(await readWire(request, rules), encoding, limit);
  if (decoding !== undefined) {
    const decoded = await withDeadline(timeout, decoding, () => undecoded(`not within ${timeout} ms`));
    if (!(decoded instanceof Uint8Array)) throw undecoded('into something that is no Uint8Array');
    if (decoded.length > limit) throw tooLarge(limit);
    return decoded;
  }
  throw new WebhookError(
    'ERR_WEBHOOK_BODY_ENCODING',
    'the body is compressed, and this provider is not known to compress: nothing was decoded',
  );
}

/**
 * The bytes that were signed: never decoded, re-serialised or guessed. Bounded in size and time.
 *
 * @throws WebhookError with a code `ERR_WEBHOOK_BODY_…`, or rejects with one
 */
export function readBody(request: WebhookRequest, rules: BodyRules): MaybePromise<Uint8Array> {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() || 'identity';
  return encoding === 'identity' ? readWire(request, rules) : readDecoded(request, rules, encoding);
}
