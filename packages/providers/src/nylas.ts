import {
  type BodyDecoder,
  defineProvider,
  hmac,
  inflate,
  json,
  type PayloadFormat,
  type ProviderFactory,
  queryEcho,
} from '@countersign/core';

/** Bytes of an inflated payload; Nylas cuts those above one megabyte short. */
const INFLATED = 4 * 1024 * 1024;

/** The signature is over the compressed bytes, which stay as they are until it held. */
const untouched: BodyDecoder = (body, encoding) => (encoding === 'gzip' ? Promise.resolve(body) : undefined);

/** No JSON begins so: the signed bytes tell, as no signature covers Content-Encoding. */
const isGzip = (body: Uint8Array): boolean => body[0] === 0x1f && body[1] === 0x8b;

const jsonOrGzip: PayloadFormat = {
  name: 'json',
  async parse(body, request) {
    const inflated = isGzip(body) ? await inflate(body, 'gzip', INFLATED) : body;
    return json.parse(inflated as Uint8Array, request);
  },
};

/**
 * Nylas v3. `secret` is the `webhook_secret` of the destination. Answers the `challenge` GET, so mount it for
 * GET and POST. With `compressed_delivery` the signature is over the compressed bytes, which `event.body`
 * then holds; the payload is inflated afterwards, up to 4 MiB.
 *
 * @see https://developer.nylas.com/docs/v3/notifications/
 */
export const nylas: ProviderFactory<'secret'> = defineProvider({
  name: 'nylas',
  docs: { url: 'https://developer.nylas.com/docs/v3/notifications/', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-nylas-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['body'],
    secret: { encoding: 'utf8', refuse: { nyk_: 'an API key, not the secret of the webhook' } },
  }),
  id: { payload: 'id' },
  type: { payload: 'type' },
  payload: jsonOrGzip,
  decoder: untouched,
  handshakes: [queryEcho({ name: 'challenge', challenge: 'challenge' })],
});
