import {
  defineProvider,
  handshakeRefused,
  hmac,
  jsonResponse,
  type ProviderFactory,
  queryEcho,
} from '@countersign/core';

const PREFIX = 'hmacsha256=';

const signing = {
  header: 'x-li-signature',
  hash: 'sha256',
  encoding: 'hex',
  content: [{ text: PREFIX }, 'body'],
} as const;

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The answer is a signature of what was asked, so nothing else is signed: signed content begins with `hmacsha256=`. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const challenge = queryEcho({
  name: 'challengeCode',
  challenge: 'challengeCode',
  async respond(challengeCode, { sign }) {
    if (!UUID.test(challengeCode)) throw handshakeRefused('challengeCode is no UUID');
    return jsonResponse({ challengeCode, challengeResponse: hex(await sign([challengeCode])) });
  },
});

/**
 * LinkedIn. `secret` is the client secret of the app. Answers the `challengeCode` GET, which comes again from time
 * to time, so mount it for GET and POST. There is no time; equal bodies are one delivery, and the notifications in it,
 * each with an id, are yours to run one by one.
 *
 * @see https://learn.microsoft.com/en-us/linkedin/shared/api-guide/webhook-validation
 */
export const linkedin: ProviderFactory<'secret'> = defineProvider({
  name: 'linkedin',
  docs: {
    url: 'https://learn.microsoft.com/en-us/linkedin/shared/api-guide/webhook-validation',
    read: '2026-11-22',
  },
  status: 'documented',
  // The page does not say whether the header repeats the prefix of what is signed: both spellings are one signature.
  scheme: [hmac({ ...signing, prefix: PREFIX }), hmac(signing)],
  type: { payload: 'type' },
  handshakes: [challenge],
});
