import {
  defineProvider,
  formFields,
  hmac,
  jsonOrForm,
  type PayloadFormat,
  type ProviderFactory,
  queryOf,
  type Scheme,
  signedContent,
} from '@countersign/core';
import { sortedFields } from './schemes/sorted-fields.ts';

const mac = hmac({
  header: 'messagebird-signature',
  hash: 'sha256',
  encoding: 'base64',
  content: ['timestamp', { digest: 'sha256' }],
});

/** Escaped anew, in order of names. A plus in a time is one, though a form says that it is a space. */
function signedQuery(url: string): string {
  const fields = formFields(queryOf(url).slice(1));
  const { statusDatetime: time } = fields;
  if (typeof time === 'string') fields.statusDatetime = time.replaceAll(' ', '+');
  return sortedFields(fields, (values) => values, {
    equals: '=',
    separator: '&',
    encoded: encodeURIComponent,
  });
}

const scheme: Scheme<'secret'> = {
  ...mac,
  kind: 'messagebird',
  async content(envelope) {
    const { content: _own, ...plain } = scheme;
    const [timestamp = '', hash = ''] = await signedContent({ ...envelope, scheme: plain });
    return [timestamp, '\n', signedQuery(envelope.request.url), '\n', hash];
  },
};

/** On GET the fields are the query's. */
const queryOrBody: PayloadFormat = {
  name: 'json',
  parse: (body, request) =>
    request.method === 'GET' ? formFields(queryOf(request.url).slice(1)) : jsonOrForm().parse(body, request),
};

/**
 * MessageBird (Bird), the older signature: `messagebird-signature` over the time, the query and the body, POST and
 * GET. `secret` is the account's signing key. The newer one, a token in `messagebird-signature-jwt`, is not read. The
 * address is not covered. Statuses bear the id of their message, the same for all of them, so it is no id of theirs.
 *
 * @see https://developers.messagebird.com/api/#verifying-http-requests
 */
export const messagebird: ProviderFactory<'secret'> = defineProvider({
  name: 'messagebird',
  docs: { url: 'https://developers.messagebird.com/api/#verifying-http-requests', read: '2026-11-22' },
  status: 'proven',
  scheme,
  timestamp: {
    header: 'messagebird-request-timestamp',
    unit: 's',
    // The vendor's own limit.
    tolerance: { past: 100, future: 100 },
  },
  methods: ['POST', 'GET'],
  type: [{ payload: 'type' }, { payload: 'status' }],
  payload: queryOrBody,
});
