import {
  type Chunk,
  defineProvider,
  type Envelope,
  form,
  type Handshake,
  handshakeRefused,
  hmac,
  misconfigured,
  type ProviderFactory,
  queryEcho,
  type Scheme,
  type SchemeKey,
  textResponse,
  WebhookError,
} from '@countersign/core';
import type { BraintreeEvents } from './events/braintree-events.ts';
import { exactText } from './schemes/exact-text.ts';

export type * from './events/braintree-events.ts';

/** Options of {@link braintree}. */
export interface BraintreeOptions {
  /** The public key that goes with the private one, or those of several in rotation; it names the signature. */
  readonly publicKey: string | readonly string[];
  /** Your XML parser, for `payload.notification`; pick one that expands no entities. */
  readonly parse?: ((xml: string) => unknown) | undefined;
}

const { length: _length, ...mac } = hmac({
  payload: 'bt_signature',
  hash: 'sha1',
  encoding: 'hex',
  content: [{ payload: 'bt_payload' }],
});

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const SHA1 = /^[0-9a-f]{40}$/;

const bytesOf = (digest: string): Uint8Array =>
  Uint8Array.from(digest.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** More key pairs than an account has; the field is as long as the body may be. */
const MAX_PAIRS = 16;

/** `public|hex&public|hex`: the digests that ours made. Each key pair of the account signs. */
function signaturesOf(text: string, publicKeys: readonly string[]): readonly Uint8Array[] {
  const pairs = text.split('&', MAX_PAIRS + 1);
  if (pairs.length > MAX_PAIRS) return [];
  return pairs
    .map((pair) => pair.split('|', 2))
    .filter(([name = '', digest = '']) => publicKeys.includes(name) && SHA1.test(digest))
    .map(([, digest = '']) => bytesOf(digest));
}

const BASE64_LINES = /^[A-Za-z0-9+/=\n]*[A-Za-z0-9+/=]\n?$/;

const invalid = (cause?: unknown): WebhookError =>
  new WebhookError('ERR_WEBHOOK_PAYLOAD_INVALID', 'bt_payload holds no notification', { cause });

/** Of the notification itself: its first elements, before anything that a customer wrote. */
const element = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}(?: [^<>]*)?>([^<>]*)</${name}>`).exec(xml)?.[1];

/**
 * What the payload says. The private key also signs 20 to 32 hex digits for whoever asks (the challenge): such a text
 * is too short to be a notification, and whatever is not one is refused.
 */
function notificationOf(payload: string, parse: BraintreeOptions['parse']) {
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('\n', '')), (each) => each.charCodeAt(0));
    const xml = new TextDecoder().decode(bytes);
    const kind = element(xml, 'kind');
    if (!/<notification[ >]/.test(xml) || !kind) throw invalid();
    return { kind, timestamp: element(xml, 'timestamp') ?? '', xml, notification: parse?.(xml) };
  } catch (cause) {
    throw invalid(cause);
  }
}

const payloadOf = ({ payload }: Envelope): string => {
  const { bt_payload: text } = (payload ?? {}) as { bt_payload?: unknown };
  return typeof text === 'string' && BASE64_LINES.test(text) ? text : '';
};

/** The key of the HMAC is the SHA-1 of the private key, raw. */
class BraintreeKey implements SchemeKey {
  readonly #key: Promise<Required<SchemeKey>>;
  readonly #options: BraintreeOptions;
  readonly #publicKeys: readonly string[];

  constructor(secret: Uint8Array, options: BraintreeOptions) {
    this.#key = crypto.subtle
      .digest('SHA-1', secret as Uint8Array<ArrayBuffer>)
      .then((digest) => mac.key(new Uint8Array(digest)) as Required<SchemeKey>);
    this.#options = options;
    this.#publicKeys = [options.publicKey].flat();
  }

  async verify([payload = '']: readonly Chunk[], envelope: Envelope) {
    const [sent] = envelope.signatures;
    const signatures = signaturesOf(exactText(sent), this.#publicKeys);
    const key = await this.#key;
    let matched = false;
    // Signed with the line break at its end, which forms lose on their way.
    for (const content of [[payload], [payload, '\n']]) {
      matched = (await key.verify(content, { ...envelope, signatures })) === true || matched;
    }
    if (!matched || payload === '') return false;
    const value = notificationOf(payload as string, this.#options.parse);
    return { fields: { kind: value.kind }, payload: { value } };
  }

  /** A signature as it is sent, or the bare digest, as a challenge is answered. */
  async sign(content: readonly Chunk[], envelope?: Envelope) {
    const digest = await (await this.#key).sign(content);
    return envelope ? new TextEncoder().encode(`${this.#publicKeys[0]}|${hex(digest)}`) : digest;
  }
}

/** @see https://developer.paypal.com/braintree/docs/guides/webhooks/parse */
const schemeOf = (options: BraintreeOptions): Scheme<'secret'> => ({
  ...mac,
  kind: 'braintree',
  encoding: 'text',
  claims: ['kind'],
  content: (envelope) => [payloadOf(envelope).replace(/\n$/, '')],
  key: (secret) => new BraintreeKey(secret, options),
});

const challenge = ({ publicKey }: BraintreeOptions): Handshake =>
  queryEcho({
    name: 'bt_challenge',
    challenge: 'bt_challenge',
    async respond(text, { sign }) {
      if (!/^[a-f0-9]{20,32}$/.test(text)) throw handshakeRefused('bt_challenge is not 20 to 32 hex digits');
      return textResponse(`${[publicKey].flat()[0]}|${hex(await sign([text]))}`);
    },
  });

function checked(options: BraintreeOptions): BraintreeOptions {
  const keys = [options.publicKey ?? []].flat();
  if (keys.length > 0 && keys.every((key) => typeof key === 'string' && /^[^|&\s]+$/.test(key)))
    return options;
  throw misconfigured(
    'ERR_WEBHOOK_CONFIG_OPTION',
    'braintree names its signatures by the public key: give publicKey, from the same page as the private key',
  );
}

/**
 * Braintree. `secret` is the private key, `publicKey` the public one beside it. The payload is
 * `{ kind, timestamp, xml, notification }`, of which `notification` is what your parser makes of the XML; it is parsed
 * only once its signature held. The time in it is that of the notification, not of the attempt. Answers the
 * `bt_challenge` GET, so mount it for GET and POST.
 *
 * @see https://developer.paypal.com/braintree/docs/guides/webhooks/parse
 */
export const braintree: ProviderFactory<'secret', BraintreeEvents, BraintreeOptions> = defineProvider({
  name: 'braintree',
  docs: { url: 'https://developer.paypal.com/braintree/docs/guides/webhooks/parse', read: '2026-11-22' },
  status: 'proven',
  scheme: (options: BraintreeOptions) => schemeOf(checked(options)),
  type: { field: 'kind' },
  payload: form,
  handshakes: (options: BraintreeOptions) => [challenge(options)],
});
