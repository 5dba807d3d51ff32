import {
  defineProvider,
  type Envelope,
  hmac,
  type ProviderFactory,
  type Scheme,
  WebhookError,
  type WebhookRequest,
} from '@countersign/core';

const HEADER = 'x-hook0-signature';

const malformed = (message: string): WebhookError =>
  new WebhookError('ERR_WEBHOOK_SIGNATURE_MALFORMED', message);

const signed = (label: string) =>
  hmac({
    header: HEADER,
    pairs: { separator: ',', signature: label, fields: ['t'] },
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
  });

/** More than any delivery covers: each brings its value into what is signed, however long it is. */
const MAX_NAMES = 64;

/** The headers that a `v1` signature covers: names as listed, and values as sent. */
function coveredHeaders({ headers }: WebhookRequest): {
  names: readonly string[];
  values: readonly string[];
} {
  const lists = [...(headers.get(HEADER) ?? '').matchAll(/(?:^|,)h=([^,]*)/g)];
  const [, list] = lists[0] ?? [];
  if (!list || lists.length > 1) throw malformed(`there is no one list of covered headers in ${HEADER}`);
  const names = list.split(' ', MAX_NAMES + 1);
  if (names.length > MAX_NAMES || new Set(names.map((name) => name.toLowerCase())).size < names.length) {
    throw malformed(`${HEADER} lists more headers than are sent, or one of them twice`);
  }
  const values = names.map((name) => {
    const value = /^[\w-]+$/.test(name) ? headers.get(name) : null;
    if (value === null) throw malformed('the signature covers a header that is missing: a proxy may drop it');
    return value;
  });
  return { names, values };
}

/**
 * Which of id and type are among them. Values are joined by dots, so that with a dot in any but the last one, what is
 * id and what is type is not certain: then neither counts as covered.
 */
function coveredFields({ request }: Envelope): Readonly<Record<string, string>> {
  const { names, values } = coveredHeaders(request);
  if (values.slice(0, -1).some((value) => value.includes('.'))) return {};
  const pairs = names.map((name, index) => [name.toLowerCase(), values[index] ?? '']);
  return Object.fromEntries(pairs.filter(([name]) => name === 'x-event-id' || name === 'x-event-type'));
}

const v1 = signed('v1');

const withHeaders: Scheme<'secret'> = {
  ...v1,
  claims: ['x-event-id', 'x-event-type'],
  content({ request, timestamp = '', body }) {
    const { names, values } = coveredHeaders(request);
    return [timestamp, '.', names.join(' '), '.', values.join('.'), '.', body];
  },
  key(secret) {
    const key = v1.key(secret);
    return {
      verify: async (content, envelope) =>
        (await key.verify(content, envelope)) === true && { fields: coveredFields(envelope) },
    };
  },
};

const v0 = signed('v0');

/** Older: time and body alone. Beside a `v1` it never counts, whether that one holds or not. */
const withoutHeaders: Scheme<'secret'> = {
  ...v0,
  key(secret) {
    const key = v0.key(secret);
    return {
      verify: (content, envelope) =>
        !/(?:^|,)v1=/.test(envelope.request.headers.get(HEADER) ?? '') && key.verify(content, envelope),
      sign: (content, envelope) => key.sign?.(content, envelope) ?? new Uint8Array(),
    };
  },
};

/**
 * Coinbase Developer Platform, which sends through Hook0. `secret` is the subscription's, returned once when it is
 * made. Time, body and the headers that the signature lists are covered, as a rule id and type among them.
 *
 * @see https://docs.cdp.coinbase.com/webhooks/verify-signatures
 */
export const coinbaseCdp: ProviderFactory<'secret'> = defineProvider({
  name: 'coinbase-cdp',
  docs: { url: 'https://docs.cdp.coinbase.com/webhooks/verify-signatures', read: '2026-11-22' },
  status: 'proven',
  scheme: [withHeaders, withoutHeaders],
  timestamp: { field: 't', unit: 's' },
  id: [{ field: 'x-event-id' }, { header: 'x-event-id' }],
  type: [{ field: 'x-event-type' }, { header: 'x-event-type' }],
});
