import { WebhookError } from './errors.ts';
import { queryOf, type WebhookRequest } from './http.ts';
import type { Credential, Credentials, SigningRules } from './rules.ts';
import type { Envelope, Scheme, SignaturePlace } from './scheme.ts';
import { readSignatureHeader, type SignatureHeader } from './schemes/signature-header.ts';
import { asList, find, readHeader, readPayload, readQuery } from './source.ts';
import { withOne } from './with-one.ts';

/** What may stand in a signed header value: visible ASCII, so that every runtime reads the same bytes. */
const SIGNED_TEXT = /^[\x21-\x7e]{1,256}$/;

const NONE: readonly string[] = [];

/** What stands where a scheme's signatures stand. */
function readPlace(place: SignaturePlace, request: WebhookRequest, payload: unknown): readonly string[] {
  const { header, all, query, payload: path } = place;
  if (all) return asList<string>(header).flatMap((name) => request.headers.get(name) ?? []);
  let text: string | undefined;
  if (header !== undefined) text = readHeader(request, header);
  else if (query !== undefined) text = readQuery(request, query);
  else if (path !== undefined) text = readPayload(payload, path);
  return text === undefined ? NONE : [text];
}

const isSamePlace = (a: SignaturePlace, b: SignaturePlace): boolean =>
  a.header === b.header && a.query === b.query && a.payload === b.payload;

function nameOf({ header, query, payload }: SignaturePlace): string {
  if (header !== undefined) return `${asList<string>(header).join(' or ')} header`;
  return query !== undefined ? `query parameter ${query}` : `field ${payload} in the body`;
}

/** `a.b` + `.` + `c` is also `a` + `.` + `b.c`: a signed id must not hold the separator that follows it. */
function isAmbiguous(scheme: Scheme, id: string): boolean {
  const after = scheme.covers[scheme.covers.indexOf('id') + 1];
  return typeof after === 'object' && 'text' in after && id.includes(after.text);
}

function signedText(scheme: Scheme, part: 'id' | 'timestamp', text: string | undefined): string | undefined {
  if (!scheme.covers.includes(part)) return text;
  const code = part === 'id' ? 'ERR_WEBHOOK_ID' : 'ERR_WEBHOOK_TIMESTAMP';
  if (text === undefined) {
    throw new WebhookError(
      `${code}_MISSING`,
      `there is no ${part}, and this provider signs it: a proxy may have dropped the header`,
    );
  }
  if (!SIGNED_TEXT.test(text) || (part === 'id' && isAmbiguous(scheme, text))) {
    throw new WebhookError(`${code}_MALFORMED`, `the ${part} is not one that this provider sends`);
  }
  return text;
}

/** Visible ASCII that RFC 3986 has no place for: a body of JSON is not written without it. */
const NO_URL = /[^\x21-\x7e]|["<>\\^`{|}]/;

/** With nothing between them, `url` + `body` is also all of the body in the query, and none behind it. */
function signedUrl(rules: SigningRules, { covers }: Scheme, request: WebhookRequest): string {
  const at = covers.indexOf('url');
  if (at < 0) return '';
  const url = rules.publicUrl?.(request) ?? '';
  if (covers[at + 1] === 'body' && NO_URL.test(queryOf(url))) {
    throw new WebhookError(
      'ERR_WEBHOOK_SIGNATURE_MALFORMED',
      'the query holds what no sender leaves unescaped: a part of the body was moved there',
    );
  }
  return url;
}

/** A delivery as it came in. */
export interface Delivered {
  readonly request: WebhookRequest;
  readonly body: Uint8Array;
  /** Parsed beforehand, for schemes that need it; not verified. */
  readonly payload: unknown;
  /** Unix ms. */
  readonly now: number;
}

/** A delivery as one scheme sees it, and the keys that may have signed it. */
export interface Claimed {
  readonly envelope: Envelope;
  readonly keys: readonly Credential[];
}

/** What one scheme makes of one group of signatures. */
function envelopeOf(
  rules: SigningRules,
  scheme: Scheme,
  { fields, signatures }: SignatureHeader,
  { request, body, payload, now }: Delivered,
): Envelope {
  const input = { request, fields, payload };
  return {
    scheme,
    request,
    body,
    url: signedUrl(rules, scheme, request),
    id: signedText(scheme, 'id', find(rules.id, input)?.text),
    timestamp: signedText(scheme, 'timestamp', find(rules.timestamp, input)?.text),
    fields,
    signatures,
    payload,
    now,
  };
}

/** There is no signature, or nothing that could check one. */
function missing(credentials: Credentials): WebhookError {
  const wanted = [...new Set(credentials.map(({ scheme }) => nameOf(scheme.grammar)))].join(' or ');
  return wanted === ''
    ? new WebhookError(
        'ERR_WEBHOOK_SIGNATURE_MISMATCH',
        'there is no usable secret for this request: unknown tenant, or every secret is past its notAfter',
      )
    : new WebhookError(
        'ERR_WEBHOOK_SIGNATURE_MISSING',
        `there is no ${wanted}: not from this provider, or no secret is set there`,
      );
}

/**
 * Takes a delivery apart: which scheme is responsible, its signatures, and the texts it signs. Of the schemes that
 * have keys, the first whose signature is there decides; a weaker one is never asked to rescue it.
 *
 * @throws WebhookError `ERR_WEBHOOK_SIGNATURE_MISSING`, `…_MALFORMED`, `ERR_WEBHOOK_ID_…`, `ERR_WEBHOOK_TIMESTAMP_…`
 */
export function extract(
  rules: SigningRules,
  credentials: Credentials,
  delivered: Delivered,
): readonly Claimed[] {
  let found: Claimed[] = [];
  let decisive: SignaturePlace | undefined;
  let texts = NONE;
  for (const { scheme, keys } of credentials) {
    if (decisive === undefined) {
      texts = readPlace(scheme.grammar, delivered.request, delivered.payload);
      if (texts.length === 0) continue;
      decisive = scheme.grammar;
    } else if (!isSamePlace(scheme.grammar, decisive)) continue;
    for (const group of readSignatureHeader(scheme, texts)) {
      found = withOne(found, { envelope: envelopeOf(rules, scheme, group, delivered), keys });
    }
  }
  if (decisive === undefined) throw missing(credentials);
  if (found.length > 0) return found;
  throw new WebhookError(
    'ERR_WEBHOOK_SIGNATURE_MALFORMED',
    `the ${nameOf(decisive)} is not written as this provider writes it: another provider, or a proxy changed it`,
  );
}
