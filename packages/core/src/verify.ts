import { crypto } from '#crypto';
import { type Chunk, encode } from './bytes.ts';
import { checkTimestamp, parseTimestamp } from './clock.ts';
import { WebhookError } from './errors.ts';
import type { Claimed } from './extract.ts';
import { pathOf, type WebhookRequest } from './http.ts';
import { allOf, andThen, askAll, type MaybePromise } from './maybe-promise.ts';
import { parsePayload } from './payload.ts';
import type { Credential, SigningRules, Tolerance } from './rules.ts';
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
  /** The one that was signed, where one is. */
  readonly id: string | undefined;
  /** What was signed. */
  readonly content: readonly Chunk[];
  /** Whether the signature covers the timestamp. */
  readonly isTimed: boolean;
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
  return allOf<readonly Chunk[]>(scheme.covers.map((part) => bytesOf(part, envelope)));
}

/** What keys are asked about. */
interface Question extends Claimed {
  readonly content: readonly Chunk[];
}

interface Match {
  readonly question: Question;
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

// Every usable key is asked about every signature, and what they say is looked at when all have spoken, so that time
// tells nothing of which was near, nor of which was right.

const askKey = ({ key }: Credential, { content, envelope }: Question): MaybePromise<unknown> =>
  key.verify(content, envelope);

function toMatch(verdicts: readonly unknown[], question: Question): Match | undefined {
  let match: Match | undefined;
  let at = 0;
  for (const { id } of question.keys) {
    const proof = proofOf(verdicts[at++]);
    if (proof !== undefined) match ??= { question, secretId: id, proof };
  }
  return match;
}

function askKeys(content: readonly Chunk[], { envelope, keys }: Claimed): MaybePromise<Match | undefined> {
  const question = { envelope, keys, content };
  return andThen(askAll(keys, askKey, question), toMatch, question);
}

const match = (claimed: Claimed): MaybePromise<Match | undefined> =>
  andThen(signedContent(claimed.envelope), askKeys, claimed);

/** What a delivery is held to. */
export interface Terms {
  readonly rules: SigningRules;
  /** `undefined`: switched off, by an explicit word. */
  readonly tolerance: Tolerance | undefined;
}

/**
 * Checks a delivery: first the signature, then the time.
 *
 * @throws WebhookError `ERR_WEBHOOK_SIGNATURE_MISMATCH`, `ERR_WEBHOOK_TIMESTAMP_…`, `ERR_WEBHOOK_PAYLOAD_INVALID`, or
 * rejects with one
 */
export const verify = (claimed: readonly Claimed[], terms: Terms): MaybePromise<Message> =>
  andThen(askAll(claimed, match, undefined), accept, terms);

function accept(matches: readonly (Match | undefined)[], terms: Terms): MaybePromise<Message> {
  const found = matches.find((each) => each !== undefined);
  if (found !== undefined) return andThen(payloadAhead(terms.rules, found), toMessage, { found, terms });
  throw new WebhookError(
    'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    'no configured secret made this signature: the secret of another endpoint or mode, a body changed on the way, or a forgery',
  );
}

/** The payload, where a proof brings it, or where the timestamp stands in it. */
function payloadAhead(rules: SigningRules, { question, proof }: Match): MaybePromise<Message['payload']> {
  if (proof.payload) return proof.payload;
  if (!rules.timeInPayload) return undefined;
  const { body, request } = question.envelope;
  return andThen(parsePayload(rules.payload, body, request), (value) => ({ value }));
}

/** What went into the signature as it stands: read a second time it could be another. */
const signedPart = (part: 'id' | 'timestamp', envelope: Envelope): string | undefined =>
  envelope.scheme.covers.includes(part) ? envelope[part] : undefined;

function toMessage(
  payload: Message['payload'],
  { found, terms }: { readonly found: Match; readonly terms: Terms },
): Message {
  const { question, secretId, proof } = found;
  const { scheme, request, body, fields: sent, now } = question.envelope;
  const content = proof.content ?? question.content;
  const fields = proof.fields ? { ...sent, ...proof.fields } : sent;
  const isTimed = signsTime(terms.rules, scheme);
  const id = signedPart('id', question.envelope);
  const time =
    signedPart('timestamp', question.envelope) ??
    find(terms.rules.timestamp, { request, fields, payload: payload?.value })?.text;
  const timestamp = timeOf(time, isTimed, now, terms);
  const message = { scheme, request, body, fields, id, content, isTimed, timestamp, secretId, payload };
  return message as typeof message & { [verified]: true };
}

const signsTime = ({ timestamp }: SigningRules, scheme: Scheme): boolean =>
  timestamp.some(({ source }) => isCovered(scheme, source, 'timestamp'));

/** A signed timestamp decides; one that is only asserted is information, and nothing is refused for it. */
function timeOf(
  sent: string | undefined,
  isTimed: boolean,
  now: number,
  { rules: { unit }, tolerance }: Terms,
): Date | undefined {
  if (!isTimed) return sent === undefined ? undefined : parseTimestamp(sent, unit);
  if (sent !== undefined) return checkTimestamp(sent, unit, now, tolerance);
  throw new WebhookError(
    'ERR_WEBHOOK_TIMESTAMP_MISSING',
    'there is no timestamp, and this provider signs one',
  );
}
