import {
  defineProvider,
  type Envelope,
  hmac,
  type ProviderFactory,
  type PublicUrl,
  type Scheme,
  WebhookError,
} from '@countersign/core';
import type { ContentfulEvents } from './events/contentful-events.ts';

export type * from './events/contentful-events.ts';

const TIMESTAMP = 'x-contentful-timestamp';
const SIGNED = 'x-contentful-signed-headers';
const TOPIC = 'x-contentful-topic';
const ID = 'x-contentful-idempotency-key';

/** More names than any delivery signs. */
const MAX_NAMES = 64;

const mac = hmac({
  header: 'x-contentful-signature',
  hash: 'sha256',
  encoding: 'hex',
  content: ['method', 'path', { header: SIGNED }, 'timestamp', 'body'],
  secret: { encoding: 'utf8', length: 64 },
});

const TARGET = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/i;

/** The path, and the whole query escaped and then escaped again. */
function signedPath(url: string): string {
  const [, path = '/', query = ''] = TARGET.exec(url) ?? [];
  return encodeURI(query === '' ? path || '/' : `${path || '/'}?${encodeURIComponent(query)}`);
}

const malformed = (message: string): WebhookError =>
  new WebhookError('ERR_WEBHOOK_SIGNATURE_MALFORMED', message);

/** The names of the signed headers: each once, the list itself and the time among them. */
function signedNames({ request }: Pick<Envelope, 'request'>): readonly string[] {
  const names = (request.headers.get(SIGNED) ?? '').split(',');
  const isSound =
    names.length <= MAX_NAMES &&
    new Set(names).size === names.length &&
    names.includes(SIGNED) &&
    names.includes(TIMESTAMP);
  if (isSound) return names;
  throw malformed(`${SIGNED} does not name ${SIGNED} and ${TIMESTAMP}, each header once`);
}

function signedHeaders(envelope: Envelope): string {
  const lines = [...signedNames(envelope)].sort().map((name) => {
    const value = /^[a-z0-9-]+$/.test(name) ? envelope.request.headers.get(name) : null;
    if (value === null) throw malformed('the signature covers a header that is missing');
    return `${name}:${value}`;
  });
  return lines.join(';');
}

/** What of the headers is signed is for each delivery to say. */
function signedFields(envelope: Envelope): Readonly<Record<string, string>> {
  const { headers } = envelope.request;
  const names = signedNames(envelope);
  const fields = Object.entries({ topic: TOPIC, id: ID }).map(([field, name]) => [
    field,
    names.includes(name) ? headers.get(name) : null,
  ]);
  return Object.fromEntries(fields.filter(([, value]) => value !== null));
}

/** @see https://www.contentful.com/developers/docs/webhooks/request-verification/ */
const scheme: Scheme<'secret'> = {
  ...mac,
  kind: 'contentful',
  claims: ['topic', 'id'],
  content: (envelope) => {
    const { request, url, body } = envelope;
    return [`${request.method}\n${signedPath(url || request.url)}\n${signedHeaders(envelope)}\n`, body];
  },
  key(secret) {
    const key = mac.key(secret);
    return {
      ...(key.sign && { sign: key.sign.bind(key) }),
      async verify(content, envelope) {
        return (await key.verify(content, envelope)) === true && { fields: signedFields(envelope) };
      },
    };
  },
  prepare(draft) {
    const own = Object.keys(draft.headers).filter((name) => name.startsWith('x-contentful-'));
    const names = [...new Set([...own, SIGNED, TIMESTAMP])].sort().join(',');
    return { ...draft, headers: { ...draft.headers, [SIGNED]: names } };
  },
};

/** `publicUrl`: the webhook's address, where a proxy changes the path on its way here. Its path is signed. */
export interface ContentfulOptions {
  readonly publicUrl?: PublicUrl | undefined;
}

/**
 * Contentful. `secret` is the signing secret of the space, 64 characters. The signature covers the method, the path,
 * the headers that it names, and the body; it is good for 30 seconds.
 *
 * @see https://www.contentful.com/developers/docs/webhooks/request-verification/
 */
export const contentful: ProviderFactory<'secret', ContentfulEvents, ContentfulOptions> = defineProvider({
  name: 'contentful',
  docs: {
    url: 'https://www.contentful.com/developers/docs/webhooks/request-verification/',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: ({ publicUrl }: ContentfulOptions) =>
    publicUrl === undefined
      ? scheme
      : { ...scheme, covers: scheme.covers.map((part) => (part === 'path' ? 'url' : part)) },
  timestamp: { header: TIMESTAMP, unit: 'ms', tolerance: { past: 30, future: 30 } },
  id: [{ field: 'id' }, { header: ID }],
  type: [{ field: 'topic' }, { header: TOPIC }],
  reactions: { '429': 'retry', '5xx': 'retry' },
});
