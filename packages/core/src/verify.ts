import type { Chunk } from './bytes.ts';
import { type Clock, checkTimestamp, parseTimestamp } from './clock.ts';
import { WebhookError } from './errors.ts';
import type { WebhookRequest } from './http.ts';
import { parsePayload } from './payload.ts';
import type { Credentials, SigningRules } from './rules.ts';
import { type Envelope, isCovered, type Part, type Scheme } from './scheme.ts';
import { find } from './source.ts';

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

const bytesOf = (part: Part, envelope: Envelope): Chunk => {
  if (typeof part === 'object') {
    const text = 'text' in part ? part.text : envelope.request.headers.get(part.header);
    if (text !== null) return text;
    throw new WebhookError(
      'ERR_WEBHOOK_SIGNATURE_MALFORMED',
      'a header that the signature covers is missing',
    );
  }
  if (part === 'method') return envelope.request.method;
  return envelope[part] ?? '';
};

/** The bytes that a signature of this envelope's scheme is over. */
export const signedContent = (envelope: Envelope): readonly Chunk[] =>
  envelope.scheme.content?.(envelope) ?? envelope.scheme.covers.map((part) => bytesOf(part, envelope));

interface Match {
  readonly envelope: Envelope;
  readonly content: readonly Chunk[];
  readonly secretId: string;
}

/** Every usable key against every signature, with no short cut, so that time tells nothing of which one was near. */
async function match(
  rules: SigningRules,
  envelopes: readonly Envelope[],
  credentials: Credentials,
): Promise<Match | undefined> {
  let found: Match | undefined;
  for (const envelope of envelopes) {
    const content = signedContent(envelope);
    for (const { id, key } of credentials[rules.schemes.indexOf(envelope.scheme)] ?? []) {
      const answer = key.verify(content, envelope);
      const matched = answer instanceof Promise ? await answer : answer;
      if (matched) found ??= { envelope, content, secretId: id };
    }
  }
  return found;
}

/**
 * Checks a delivery: first the signature, then the time.
 *
 * @throws WebhookError `ERR_WEBHOOK_SIGNATURE_MISMATCH`, `ERR_WEBHOOK_TIMESTAMP_…`, `ERR_WEBHOOK_PAYLOAD_INVALID`
 */
export async function verify(
  rules: SigningRules,
  envelopes: readonly Envelope[],
  credentials: Credentials,
  clock: Clock,
): Promise<Message> {
  const found = await match(rules, envelopes, credentials);
  if (found === undefined) {
    throw new WebhookError(
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
      'no configured secret made this signature: the secret of another endpoint or mode, a body changed on the way, or a forgery',
    );
  }
  const { envelope, content, secretId } = found;
  const { scheme, request, body, fields } = envelope;
  const inPayload = rules.timestamp.some(({ source }) => 'payload' in source);
  const payload = inPayload ? { value: parsePayload(rules.payload, body, request) } : undefined;
  const sent = find(rules.timestamp, { request, fields, payload: payload?.value })?.text;
  const timestamp = timeOf(rules, scheme, sent, clock);
  const message = { scheme, request, body, fields, content, timestamp, secretId, payload };
  return message as typeof message & { [verified]: true };
}

/** A signed timestamp decides; one that is only asserted is information, and nothing is refused for it. */
function timeOf(
  rules: SigningRules,
  scheme: Scheme,
  sent: string | undefined,
  clock: Clock,
): Date | undefined {
  if (!rules.timestamp.some(({ source }) => isCovered(scheme, source, 'timestamp'))) {
    return sent === undefined ? undefined : parseTimestamp(sent, rules.unit);
  }
  if (sent !== undefined) return checkTimestamp(sent, rules.unit, clock);
  throw new WebhookError(
    'ERR_WEBHOOK_TIMESTAMP_MISSING',
    'there is no timestamp, and this provider signs one',
  );
}
