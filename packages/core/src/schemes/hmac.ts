import { crypto } from '#crypto';
import type { Chunk, Encoding } from '../bytes.ts';
import { type Hash, hashLength, type MacKey } from '../crypto/crypto.ts';
import type { MaybePromise } from '../maybe-promise.ts';
import type { Envelope, Part, Scheme, SchemeKey, SignatureGrammar } from '../scheme.ts';
import type { SecretFormat } from '../secret.ts';

export interface HmacOptions extends SignatureGrammar {
  readonly hash: Hash;
  readonly encoding: Encoding;
  /** What is signed, in order. */
  readonly content: readonly Part[];
  /** How the configured secret becomes the key. Default: its text, as UTF-8. */
  readonly secret?: SecretFormat;
}

class HmacKey implements SchemeKey {
  readonly isPrompt = true;
  readonly #key: MacKey;

  constructor(hash: Hash, secret: Uint8Array) {
    this.#key = crypto.hmac(hash, secret);
  }

  verify(content: readonly Chunk[], { signatures }: Envelope): MaybePromise<boolean> {
    return this.#key.matches(content, signatures);
  }

  sign(content: readonly Chunk[]): MaybePromise<Uint8Array> {
    return this.#key.mac(content);
  }
}

/**
 * HMAC over the parts of `content`, the scheme of most providers (RFC 2104).
 *
 * @example
 * ```ts
 * hmac({ header: 'x-acme-signature', hash: 'sha256', encoding: 'hex', content: ['timestamp', { text: '.' }, 'body'] })
 * ```
 */
export function hmac(options: HmacOptions): Scheme<'secret'> {
  const { hash, encoding, content, secret = { encoding: 'utf8' }, ...grammar } = options;
  return {
    kind: 'hmac',
    option: 'secret',
    secret,
    grammar,
    encoding,
    length: hashLength[hash],
    covers: content,
    key: (bytes) => new HmacKey(hash, bytes),
  };
}
