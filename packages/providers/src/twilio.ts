import {
  type Chunk,
  defineProvider,
  type Envelope,
  formFields,
  hmac,
  json,
  type PayloadFormat,
  type ProviderFactory,
  type PublicUrl,
  queryOf,
  type Scheme,
  type SchemeKey,
} from '@countersign/core';
import type { TwilioEvents } from './events/twilio-events.ts';
import { distinct, formText, sortedFields } from './schemes/sorted-fields.ts';

export type * from './events/twilio-events.ts';

/** Twilio signs the URL and the sorted form fields; any other body is bound by its hash in the signed URL. */
const mac = hmac({
  header: 'x-twilio-signature',
  hash: 'sha1',
  encoding: 'base64',
  content: ['url', 'body'],
});

const URL_PARTS = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*?)(:\d*)?(?=[/?#]|$)(.*)$/is;

const withoutPort = (url: string): string => url.replace(URL_PARTS, '$1$2$4');

const withPort = (url: string): string =>
  url.replace(URL_PARTS, (_, scheme: string, host: string, port: string | undefined, rest: string) => {
    const standard = scheme.toLowerCase() === 'https://' ? ':443' : ':80';
    return scheme + host + (port ?? standard) + rest;
  });

const normalized = (url: string): string => {
  try {
    return new URL(url).href;
  } catch {
    return url;
  }
};

/** The query as Node's old `querystring` writes it, which some of Twilio's back ends sign. */
function legacyQuery(url: string): string {
  const at = url.indexOf('?');
  if (at < 0) return url;
  const pairs = [...new URLSearchParams(url.slice(at))];
  return `${url.slice(0, at)}?${pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`;
}

/** What Twilio may have signed for one address: with or without the port, as sent or normalised. */
function spellings(url: string): readonly string[] {
  const normal = normalized(url);
  const legacy = legacyQuery(normal);
  return [...new Set([url, normal, legacy].flatMap((each) => [withoutPort(each), withPort(each)]))];
}

/** One spelling for all that one signature is good for: respelled, a delivery is no new one. */
const canonical = (url: string): string => withoutPort(legacyQuery(normalized(url)));

/** The hash that the signed URL gives for a body that is no form. */
const bodyHash = (url: string): string | null => new URLSearchParams(queryOf(url)).get('bodySHA256');

async function sha256Hex(body: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', body as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

class TwilioKey implements SchemeKey {
  readonly #key: Required<SchemeKey>;

  constructor(secret: Uint8Array) {
    this.#key = mac.key(secret) as Required<SchemeKey>;
  }

  async verify(content: readonly Chunk[], envelope: Envelope): Promise<boolean> {
    const [, signed = ''] = content;
    const hash = bodyHash(envelope.url);
    const isBound = hash === null || hash === (await sha256Hex(envelope.body));
    let matched = false;
    for (const url of spellings(envelope.url)) {
      matched = (await this.#key.verify([url, signed], envelope)) === true || matched;
    }
    return matched && isBound;
  }

  sign([, signed = '']: readonly Chunk[], envelope: Envelope) {
    return this.#key.sign([envelope.url, signed], envelope);
  }
}

/** @see https://www.twilio.com/docs/usage/webhooks/webhooks-security */
const twilioScheme: Scheme<'secret'> = {
  ...mac,
  kind: 'twilio',
  content: ({ url, body }) => [
    canonical(url),
    bodyHash(url) === null ? sortedFields(formFields(formText(body)), distinct) : '',
  ],
  key: (secret) => new TwilioKey(secret),
  async prepare(draft) {
    const { url, headers, body } = draft;
    if (headers['content-type'] !== 'application/json' || bodyHash(url) !== null) return draft;
    return { ...draft, url: `${url}${url.includes('?') ? '&' : '?'}bodySHA256=${await sha256Hex(body)}` };
  },
};

/** A form, JSON, or on GET the query: as the signed URL says. */
const formOrQuery: PayloadFormat = {
  name: 'form',
  parse(body, request) {
    const query = queryOf(request.url);
    if (request.method === 'GET') return formFields(query.slice(1));
    return new URLSearchParams(query).has('bodySHA256')
      ? json.parse(body, request)
      : formFields(formText(body));
  },
};

/** `publicUrl`: the address you gave Twilio. Its signature covers it, and behind a proxy the request has another. */
export interface TwilioOptions {
  readonly publicUrl: PublicUrl;
}

/**
 * Twilio: form and JSON webhooks, POST and GET. `secret` is the account's auth token.
 * There is no timestamp, so nothing but deduplication stands against a replay. Every `Event` status has a type of
 * its own (`delivered`, `completed`), and an incoming message is `received`.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export const twilio: ProviderFactory<'secret', TwilioEvents, TwilioOptions> = defineProvider({
  name: 'twilio',
  docs: { url: 'https://www.twilio.com/docs/usage/webhooks/webhooks-security', read: '2026-11-22' },
  status: 'proven',
  scheme: twilioScheme,
  methods: ['POST', 'GET'],
  // A message's sid is the same for all of its statuses, so it is no id.
  id: { header: 'i-twilio-idempotency-token' },
  type: [
    { payload: 'EventType' },
    { payload: 'MessageStatus' },
    { payload: 'SmsStatus' },
    { payload: 'CallStatus' },
  ],
  payload: formOrQuery,
  acknowledge: { status: 204 },
  deadline: 15,
});
