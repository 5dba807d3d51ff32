import { crypto } from '#crypto';
import { type Chunk, encode } from './bytes.ts';
import { checkTimestamp, parseTimestamp } from './clock.ts';
import { WebhookError } from './errors.ts';
import { pathOf, type WebhookRequest } from './http.ts';
import { andThen, firstOf, isPromise, type MaybePromise } from './maybe-promise.ts';
import { parsePayload } from './payload.ts';
import type { Credential, Credentials, SigningRules, Tolerance } from './rules.ts';
import { type Envelope, isCovered, type Part, type Proof, type Scheme, SECRET } from './scheme.ts';
import { find, readPayload } from './source.ts';

declare const verified: unique symbol;

/** A delivery whose signature and timestamp held. Only `verify` makes one: the brand cannot be written elsewhere. */
export interface Message {
  readonly [verified]: true;
  readonly scheme: Scheme;
  readonly request: WebhookRequest;
  readonly body: Uint8Array;
  readonly fields: Readonly<Record<string, string>>;
  /** What was signed. */
  readonly content: readonly Chunk[];
  readonly timestamp: Date | undefined;
  readonly secretId: string;
  /** Parsed already, when the signed timestamp stands in it. */
  readonly payload: { readonly value: unknown } | undefined;
}

async function hashOf(
  body: Uint8Array,
  { digest, encoding }: Extract<Part, { digest: unknown }>,
): Promise<Chunk> {
  const hash = await crypto.digest(digest, [body]);
  return encoding === undefined ? hash : encode(encoding, hash);
}

function signedHeader(request: WebhookRequest, name: string): string {
  const text = request.headers.get(name);
  if (text !== null) return text;
  throw new WebhookError('ERR_WEBHOOK_SIGNATURE_MALFORMED', `the signature covers ${name}, which is missing`);
}

function bytesOf(part: Part, envelope: Envelope): MaybePromise<Chunk> {
  const { request, body, payload } = envelope;
  if (part === 'body') return body;
  if (typeof part === 'object') {
    if ('text' in part) return part.text;
    if ('header' in part) return signedHeader(request, part.header);
    return 'payload' in part ? (readPayload(payload, part.payload) ?? '') : hashOf(body, part);
  }
  if (part === 'method') return request.method;
  if (part === 'path') return pathOf(request.url);
  return part === 'secret' ? SECRET : (envelope[part] ?? '');
}

/** The bytes that a signature of this envelope's scheme is over. */
export function signedContent(envelope: Envelope): MaybePromise<readonly Chunk[]> {
  const { scheme } = envelope;
  if (scheme.content) return scheme.content(envelope);
  const chunks = scheme.covers.map((part) => bytesOf(part, envelope));
  return chunks.some(isPromise) ? Promise.all(chunks) : (chunks as readonly Chunk[]);
}

const NO_KEYS: readonly Credential[] = [];

const keysOf = (scheme: Scheme, credentials: Credentials): readonly Credential[] =>
  credentials.find((each) => each.scheme === scheme)?.keys ?? NO_KEYS;

interface Match {
  readonly envelope: Envelope;
  readonly content: readonly Chunk[];
  readonly secretId: string;
  readonly proof: Proof;
}

const PROOF: Proof = Object.freeze({});

/** What a key has to say. A scheme may be the application's own, and whatever is no verdict must not pass for one. */
function proofOf(verdict: unknown): Proof | undefined {
  if (typeof verdict === 'boolean') return verdict ? PROOF : undefined;
  const isProof =
    typeof verdict === 'object' &&
    verdict !== null &&
    ('fields' in verdict || 'payload' in verdict || 'content' in verdict);
  if (isProof) return verdict as Proof;
  throw new WebhookError(
    'ERR_WEBHOOK_INTERNAL',
    'a signature scheme gave no verdict: its key has to answer true, false or a proof',
  );
}

/** What a key says of an envelope. */
function askKey(
  envelope: Envelope,
  content: readonly Chunk[],
  { id, key }: Credential,
): MaybePromise<Match | undefined> {
  const matchOf = (verdict: unknown): Match | undefined => {
    const proof = proofOf(verdict);
    return proof && { envelope, content, secretId: id, proof };
  };
  return andThen<unknown, Match | undefined>(key.verify(content, envelope), matchOf);
}

/** Every usable key is asked about every signature, with no short cut, so that time tells nothing of which was near. */
const match = (envelopes: readonly Envelope[], credentials: Credentials): MaybePromise<Match | undefined> =>
  firstOf(envelopes, (envelope) =>
    andThen(signedContent(envelope), (content) =>
      firstOf(keysOf(envelope.scheme, credentials), (credential) => askKey(envelope, content, credential)),
    ),
  );

/**
 * Checks a delivery: first the signature, then the time.
 *
 * @throws WebhookError `ERR_WEBHOOK_SIGNATURE_MISMATCH`, `ERR_WEBHOOK_TIMESTAMP_…`, `ERR_WEBHOOK_PAYLOAD_INVALID`, or
 * rejects with one
 */
export const verify = (
  rules: SigningRules,
  envelopes: readonly Envelope[],
  credentials: Credentials,
  tolerance: Tolerance | undefined,
): MaybePromise<Message> =>
  andThen(match(envelopes, credentials), (found) => {
    if (found === undefined) {
      throw new WebhookError(
        'ERR_WEBHOOK_SIGNATURE_MISMATCH',
        'no configured secret made this signature: the secret of another endpoint or mode, a body changed on the way, or a forgery',
      );
    }
    return toMessage(rules, found, tolerance);
  });

/** The payload, where a proof brings it, or where the timestamp stands in it. */
function payloadAhead(rules: SigningRules, { envelope, proof }: Match): MaybePromise<Message['payload']> {
  if (proof.payload) return proof.payload;
  if (!rules.timestamp.some(({ source }) => 'payload' in source)) return undefined;
  const { body, request } = envelope;
  return andThen(parsePayload(rules.payload, body, request), (value) => ({ value }));
}

const toMessage = (
  rules: SigningRules,
  found: Match,
  tolerance: Tolerance | undefined,
): MaybePromise<Message> =>
  andThen(payloadAhead(rules, found), (payload) => {
    const { envelope, secretId, proof } = found;
    const { scheme, request, body, now } = envelope;
    const content = proof.content ?? found.content;
    const fields = proof.fields ? { ...envelope.fields, ...proof.fields } : envelope.fields;
    const sent = find(rules.timestamp, { request, fields, payload: payload?.value })?.text;
    const timestamp = timeOf(rules, scheme, sent, now, tolerance);
    const message = { scheme, request, body, fields, content, timestamp, secretId, payload };
    return message as typeof message & { [verified]: true };
  });

/** A signed timestamp decides; one that is only asserted is information, and nothing is refused for it. */
function timeOf(
  rules: SigningRules,
  scheme: Scheme,
  sent: string | undefined,
  now: number,
  tolerance: Tolerance | undefined,
): Date | undefined {
  if (!rules.timestamp.some(({ source }) => isCovered(scheme, source, 'timestamp'))) {
    return sent === undefined ? undefined : parseTimestamp(sent, rules.unit);
  }
  if (sent !== undefined) return checkTimestamp(sent, rules.unit, now, tolerance);
  throw new WebhookError(
    'ERR_WEBHOOK_TIMESTAMP_MISSING',
    'there is no timestamp, and this provider signs one',
  );
}
