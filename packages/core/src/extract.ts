import { WebhookError } from './errors.ts';
import type { WebhookRequest } from './http.ts';
import type { Credentials, SigningRules } from './rules.ts';
import type { Envelope, Scheme } from './scheme.ts';
import { readSignatureHeader } from './schemes/signature-header.ts';
import { asList, find, type HeaderName, readHeader } from './source.ts';

/** What may stand in a signed header value: visible ASCII, so that every runtime reads the same bytes. */
const SIGNED_TEXT = /^[\x21-\x7e]{1,256}$/;

const names = (header: HeaderName): string => asList<string>(header).join(' or ');

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

/**
 * Takes a delivery apart: which scheme is responsible, its signatures, and the texts it signs. Of the schemes that
 * have keys, the first whose header is there decides; a weaker one is never asked to rescue it.
 *
 * @throws WebhookError `ERR_WEBHOOK_SIGNATURE_MISSING`, `…_MALFORMED`, `ERR_WEBHOOK_ID_…`, `ERR_WEBHOOK_TIMESTAMP_…`
 */
export function extract(
  rules: SigningRules,
  credentials: Credentials,
  request: WebhookRequest,
  body: Uint8Array,
): readonly Envelope[] {
  const usable = rules.schemes.filter((_, index) => credentials[index]?.length);
  const decisive = usable.find((scheme) => readHeader(request, scheme.grammar.header) !== undefined)?.grammar
    .header;
  if (decisive === undefined) {
    const wanted = usable.map((scheme) => names(scheme.grammar.header)).join(' or ');
    throw usable.length === 0
      ? new WebhookError(
          'ERR_WEBHOOK_SIGNATURE_MISMATCH',
          'there is no usable secret for this request: unknown tenant, or every secret is past its notAfter',
        )
      : new WebhookError(
          'ERR_WEBHOOK_SIGNATURE_MISSING',
          `there is no ${wanted} header: not from this provider, or no secret is set there`,
        );
  }
  const header = readHeader(request, decisive) as string;
  const envelopes: Envelope[] = [];
  for (const scheme of usable) {
    const read = scheme.grammar.header === decisive ? readSignatureHeader(scheme, header) : undefined;
    if (read === undefined) continue;
    const input = { request, fields: read.fields, payload: undefined };
    envelopes.push({
      scheme,
      request,
      body,
      url: scheme.covers.includes('url') ? (rules.publicUrl?.(request) ?? '') : '',
      id: signedText(scheme, 'id', find(rules.id, input)?.text),
      timestamp: signedText(scheme, 'timestamp', find(rules.timestamp, input)?.text),
      fields: read.fields,
      signatures: read.signatures,
    });
  }
  if (envelopes.length > 0) return envelopes;
  throw new WebhookError(
    'ERR_WEBHOOK_SIGNATURE_MALFORMED',
    `the ${names(decisive)} header is not written as this provider writes it: another provider, or a proxy changed it`,
  );
}
