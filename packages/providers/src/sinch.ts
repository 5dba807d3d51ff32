import { defineProvider, hmac, type ProviderFactory, type Scheme, WebhookError } from '@countersign/core';

const HEADER = 'x-sinch-webhook-signature';
const NONCE = `${HEADER}-nonce`;
const ALGORITHM = `${HEADER}-algorithm`;

/** Without the dot that stands between the signed parts: one text has one reading. */
const NONCE_TEXT = /^[\x21-\x2d\x2f-\x7e]{1,256}$/;

const mac = hmac({
  header: HEADER,
  hash: 'sha256',
  encoding: 'base64',
  content: ['body', { text: '.' }, { header: NONCE }, { text: '.' }, 'timestamp'],
});

const malformed = (message: string): WebhookError =>
  new WebhookError('ERR_WEBHOOK_SIGNATURE_MALFORMED', message);

const scheme: Scheme<'secret'> = {
  ...mac,
  content({ request, body, timestamp = '' }) {
    const nonce = request.headers.get(NONCE) ?? '';
    if (!NONCE_TEXT.test(nonce)) throw malformed(`${NONCE} is missing, or not one that Sinch sends`);
    if (request.headers.get(ALGORITHM) !== 'HmacSHA256') throw malformed(`${ALGORITHM} is not HmacSHA256`);
    return [body, '.', nonce, '.', timestamp];
  },
  prepare: (draft) => ({
    ...draft,
    headers: { [NONCE]: crypto.randomUUID(), [ALGORITHM]: 'HmacSHA256', ...draft.headers },
  }),
};

/**
 * Sinch: Conversation and SMS. `secret` is the webhook's (Conversation) or the service plan's (SMS). SMS callbacks name
 * a type; those of Conversation name none, and are told by what stands in them: handle them under `'*'`. Deliveries
 * bear no id: equal bodies are one delivery. Numbers are `sinchNumbers`, Voice and Verification `sinchVoice`.
 *
 * @see https://developers.sinch.com/docs/conversation/callbacks
 */
export const sinch: ProviderFactory<'secret'> = defineProvider({
  name: 'sinch',
  docs: { url: 'https://developers.sinch.com/docs/conversation/callbacks', read: '2026-11-22' },
  status: 'proven',
  // Each attempt is signed anew.
  anonymous: 'body',
  scheme: scheme,
  timestamp: { header: `${HEADER}-timestamp`, unit: 's' },
  type: { payload: 'type' },
});
