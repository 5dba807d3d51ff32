import {
  defineProvider,
  type Envelope,
  type FormPayload,
  formFields,
  hmac,
  type OpenEvents,
  type PayloadFormat,
  type ProviderFactory,
  type PublicUrl,
  queryOf,
  type Scheme,
} from '@countersign/core';
import { formText, sorted, sortedFields } from './schemes/sorted-fields.ts';

const V3_NONCE = 'x-plivo-signature-v3-nonce';
const V2_NONCE = 'x-plivo-signature-v2-nonce';

const signing = { hash: 'sha256', encoding: 'base64' } as const;

const withoutQuery = (url: string): string => url.split('?', 1)[0] as string;

const bodyFields = ({ request, body }: Pick<Envelope, 'request' | 'body'>): FormPayload =>
  request.method === 'GET' ? {} : formFields(formText(body));

/** The address with its query sorted and unescaped, and after it the form's fields. */
function signedText(envelope: Envelope): string {
  const { url } = envelope;
  const query = sortedFields(formFields(queryOf(url).slice(1)), sorted, { equals: '=', separator: '&' });
  const fields = sortedFields(bodyFields(envelope), sorted);
  if (fields === '') return withoutQuery(url) + (query && `?${query}`);
  return `${withoutQuery(url)}?${query && `${query}.`}${fields}`;
}

const v3: Scheme<'secret'> = {
  ...hmac({
    ...signing,
    header: 'x-plivo-signature-v3',
    list: { separator: ',', fields: [] },
    content: ['url', 'body', { text: '.' }, { header: V3_NONCE }],
  }),
  kind: 'plivo-v3',
  content: (envelope) => [signedText(envelope), '.', nonceOf(envelope, V3_NONCE)],
  prepare: (draft) => ({ ...draft, headers: { [V3_NONCE]: crypto.randomUUID(), ...draft.headers } }),
};

/** The query and the body are not covered. */
const v2: Scheme<'secret'> = {
  ...hmac({ ...signing, header: 'x-plivo-signature-v2', content: ['url', { header: V2_NONCE }] }),
  kind: 'plivo-v2',
  content: (envelope) => [withoutQuery(envelope.url), nonceOf(envelope, V2_NONCE)],
};

/** A signature needs its nonce; without one nothing that is signed fits. */
const nonceOf = ({ request }: Envelope, name: string): string => request.headers.get(name) ?? '';

const formOrQuery: PayloadFormat = {
  name: 'form',
  parse: (body, request) =>
    request.method === 'GET' ? formFields(queryOf(request.url).slice(1)) : formFields(formText(body)),
};

/**
 * `publicUrl`: the address you gave Plivo; signed. `legacy: 'v2'`: takes signature V2 too, where there is no V3 one. It
 * covers the address and a nonce, and nothing of what is sent: whoever has seen one request can send any other.
 */
export interface PlivoOptions {
  readonly publicUrl: PublicUrl;
  readonly legacy?: 'v2' | undefined;
}

/**
 * Plivo: voice and messaging callbacks, POST and GET, signature V3. `secret` is the auth token of the account, or of
 * the subaccount. There is no timestamp and no id; equal fields under one nonce are one delivery.
 *
 * @see https://www.plivo.com/docs/voice/concepts/signature-validation
 */
export const plivo: ProviderFactory<'secret', OpenEvents, PlivoOptions> = defineProvider({
  name: 'plivo',
  docs: { url: 'https://www.plivo.com/docs/voice/concepts/signature-validation', read: '2026-11-22' },
  status: 'proven',
  scheme: ({ legacy }: PlivoOptions) => (legacy === 'v2' ? [v3, v2] : v3),
  methods: ['POST', 'GET'],
  type: [{ payload: 'Event' }, { payload: 'Status' }, { payload: 'CallStatus' }],
  payload: formOrQuery,
});
