import {
  defineProvider,
  handshakeRefused,
  hmac,
  json,
  jsonResponse,
  type PayloadFormat,
  type ProviderFactory,
  queryEcho,
} from '@countersign/core';

const base64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** The answer to a check is a signature of its token: of what could be a delivery, it must not be one. */
const TOKEN = /^[A-Za-z0-9+/=_-]{1,256}$/;

const crc = queryEcho({
  name: 'crc',
  challenge: 'crc_token',
  async respond(text, { sign }) {
    if (!TOKEN.test(text)) throw handshakeRefused('crc_token is not one that X sends');
    return jsonResponse({ response_token: `sha256=${base64(await sign([text]))}` });
  },
});

/** Objects alone: numbers and words are JSON too, and a check would sign them for anybody. */
const objects: PayloadFormat = {
  name: 'json',
  parse(body, request) {
    const payload = json.parse(body, request);
    if (typeof payload !== 'object' || payload === null) throw new TypeError('not an object');
    return payload;
  },
};

/**
 * X (Twitter) webhooks: account activity, filtered stream. `secret` is the consumer secret (API key secret) of the app.
 * Answers the hourly `crc_token` GET, so mount it for GET and POST. There is no type (handle `'*'`; the payload's fields
 * say what it holds), no time and no id: equal bodies are one delivery.
 *
 * @see https://docs.x.com/x-api/webhooks/quickstart
 */
export const x: ProviderFactory<'secret'> = defineProvider({
  name: 'x',
  docs: { url: 'https://docs.x.com/x-api/webhooks/quickstart', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-twitter-webhooks-signature',
    prefix: 'sha256=',
    hash: 'sha256',
    encoding: 'base64',
    content: ['body'],
  }),
  payload: objects,
  handshakes: [crc],
  deadline: 10,
});
