import {
  type Chunk,
  challengeText,
  defineProvider,
  digest,
  type Envelope,
  type Handshake,
  jsonResponse,
  type ProviderFactory,
  payloadHandshake,
  type Scheme,
  type SchemeKey,
  type Secret,
  type SecretInput,
  type SecretRequest,
  WebhookError,
} from '@countersign/core';

/** Longer than any address check. */
const MAX_CHALLENGE = 4096;

const AES = 'AES-CBC';

const hashed = digest({
  header: 'x-lark-signature',
  hash: 'sha256',
  encoding: 'hex',
  content: ['timestamp', { header: 'x-lark-request-nonce' }, 'secret', 'body'],
});

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

const parsed = (bytes: Uint8Array): Fields => fieldsOf(JSON.parse(new TextDecoder().decode(bytes)));

/** With an Encrypt Key, what is sent is its AES-256-CBC ciphertext, behind an initialisation vector of 16 bytes. */
async function decrypted(payload: Fields, secret: Uint8Array): Promise<Fields> {
  if (typeof payload.encrypt !== 'string') return payload;
  const bytes = Uint8Array.from(atob(payload.encrypt), (each) => each.charCodeAt(0));
  const raw = await crypto.subtle.digest('SHA-256', secret as Uint8Array<ArrayBuffer>);
  const key = await crypto.subtle.importKey('raw', raw, AES, false, ['decrypt']);
  const text = await crypto.subtle.decrypt({ name: AES, iv: bytes.slice(0, 16) }, key, bytes.slice(16));
  return parsed(new Uint8Array(text));
}

/** Decrypts once the signature held. */
class LarkKey implements SchemeKey {
  readonly #key: Required<SchemeKey>;
  readonly #secret: Uint8Array;

  constructor(secret: Uint8Array) {
    this.#key = hashed.key(secret) as Required<SchemeKey>;
    this.#secret = secret;
  }

  async verify(content: readonly Chunk[], envelope: Envelope) {
    if ((await this.#key.verify(content, envelope)) !== true) return false;
    try {
      return { payload: { value: await decrypted(parsed(envelope.body), this.#secret) } };
    } catch {
      // What was wrong with it may quote it.
      throw new WebhookError(
        'ERR_WEBHOOK_PAYLOAD_INVALID',
        'the payload cannot be decrypted, or is no JSON then',
      );
    }
  }

  sign(content: readonly Chunk[], envelope?: Envelope) {
    return this.#key.sign(content, envelope);
  }
}

/** @see https://open.larksuite.com/document/server-docs/event-subscription-guide/event-subscription-configure-/request-url-configuration-case */
const scheme: Scheme<'secret'> = {
  ...hashed,
  kind: 'lark',
  key: (secret) => new LarkKey(secret),
  prepare: (draft) => ({
    ...draft,
    headers: { 'x-lark-request-nonce': crypto.randomUUID(), ...draft.headers },
  }),
};

async function secretsOf(input: SecretInput, request: SecretRequest): Promise<readonly Uint8Array[]> {
  const given = typeof input === 'function' ? ((await input(request)) ?? []) : input;
  return ([given].flat() as Secret[]).map((secret) => {
    const value = typeof secret === 'object' && 'value' in secret ? secret.value : secret;
    return typeof value === 'string' ? new TextEncoder().encode(value) : value;
  });
}

/** Fails alike for every text that is no check, whatever is wrong with it: the answer must tell nothing of the key. */
async function challengeIn(body: Uint8Array, secret: Uint8Array): Promise<unknown> {
  try {
    const sent = parsed(body);
    if (typeof sent.encrypt !== 'string') return undefined;
    const { type, challenge } = await decrypted(sent, secret);
    return type === 'url_verification' ? challenge : undefined;
  } catch {
    return undefined;
  }
}

/** The check of an address is not signed, but encrypted: what the key does not decrypt is none. */
const urlVerification = (secret: SecretInput): Handshake => ({
  name: 'url_verification',
  stage: 'body',
  methods: ['POST'],
  async answer({ request, body }) {
    if (body.length > MAX_CHALLENGE || request.headers.get('x-lark-signature') !== null) return undefined;
    for (const each of await secretsOf(secret, request)) {
      const challenge = await challengeIn(body, each);
      if (challenge !== undefined) return jsonResponse({ challenge: challengeText(challenge) });
    }
    return undefined;
  },
});

/** Should it come signed, it is no event either. */
const signedVerification = payloadHandshake('url_verification', 'type', 'url_verification', (payload) =>
  jsonResponse({ challenge: challengeText(fieldsOf(payload).challenge) }),
);

/**
 * Lark (Feishu). `secret` is the Encrypt Key of the app, without which Lark signs nothing; the payload is decrypted
 * with it. Answers the check of the address, which is encrypted too. The signature is a plain hash of the time, a
 * nonce, the key and the body. Events of version 1 and 2 have their id and type in different places; both are read.
 *
 * @see https://open.larksuite.com/document/server-docs/event-subscription-guide/event-subscription-configure-/request-url-configuration-case
 */
export const lark: ProviderFactory<'secret'> = defineProvider({
  name: 'lark',
  docs: {
    url: 'https://open.larksuite.com/document/server-docs/event-subscription-guide/event-subscription-configure-/request-url-configuration-case',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme,
  timestamp: { header: 'x-lark-request-timestamp', unit: 's' },
  id: [{ payload: 'header.event_id' }, { payload: 'uuid' }],
  type: [{ payload: 'header.event_type' }, { payload: 'event.type' }],
  handshakes: (options: unknown) => [
    urlVerification((options as { secret: SecretInput }).secret),
    signedVerification,
  ],
});
