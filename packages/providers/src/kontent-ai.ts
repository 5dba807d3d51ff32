import {
  type Chunk,
  defineProvider,
  type Envelope,
  hmac,
  type ProviderFactory,
  type Scheme,
  type SchemeKey,
} from '@countersign/core';

const mac = hmac({
  header: 'x-kontent-ai-signature',
  hash: 'sha256',
  encoding: 'base64',
  content: ['body'],
});

const CR = 13;
const LF = 10;

/** Every run of line breaks as one CRLF: bytes, so that nothing else is changed. */
function withCrlf(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(2 * body.length);
  let at = 0;
  let inRun = false;
  for (const byte of body) {
    const isBreak = byte === CR || byte === LF;
    if (!isBreak) bytes[at++] = byte;
    else if (!inRun) {
      bytes[at++] = CR;
      bytes[at++] = LF;
    }
    inRun = isBreak;
  }
  return bytes.subarray(0, at);
}

class KontentAiKey implements SchemeKey {
  readonly #key: Required<SchemeKey>;

  constructor(secret: Uint8Array) {
    this.#key = mac.key(secret) as Required<SchemeKey>;
  }

  async verify(content: readonly Chunk[], envelope: Envelope): Promise<boolean> {
    const asSigned = await this.#key.verify(content, envelope);
    const asSent = await this.#key.verify([envelope.body], envelope);
    return asSigned === true || asSent === true;
  }

  sign(content: readonly Chunk[], envelope: Envelope) {
    return this.#key.sign(content, envelope);
  }
}

/** Signed with CRLF between its lines, whatever stands there when it arrives; as it came holds too. */
const scheme: Scheme<'secret'> = {
  ...mac,
  kind: 'kontent-ai',
  content: ({ body }) => [withCrlf(body)],
  key: (secret) => new KontentAiKey(secret),
};

/**
 * Kontent.ai. `secret` is the webhook's, whole: it looks like base64 and is not decoded. Deliveries bear no
 * id: equal bodies, line breaks aside, are one delivery. A delivery is a batch without a type: handle it
 * under `'*'`.
 *
 * @see https://kontent.ai/learn/docs/webhooks/javascript
 */
export const kontentAi: ProviderFactory<'secret'> = defineProvider({
  name: 'kontent-ai',
  docs: { url: 'https://kontent.ai/learn/docs/webhooks/javascript', read: '2026-11-22' },
  status: 'proven',
  scheme,
});
