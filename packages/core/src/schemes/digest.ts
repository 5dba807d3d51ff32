import { crypto } from '#crypto';
import type { Chunk, Encoding } from '../bytes.ts';
import { type Hash, hashLength } from '../crypto/crypto.ts';
import { matchesAny } from '../crypto/matches-any.ts';
import type { MaybePromise } from '../maybe-promise.ts';
import {
  type Envelope,
  isSecretPlace,
  type Part,
  type Scheme,
  type SchemeKey,
  type SignatureGrammar,
} from '../scheme.ts';
import type { SecretFormat } from '../secret.ts';

export interface DigestOptions extends SignatureGrammar {
  readonly hash: Hash;
  readonly encoding: Encoding;
  /** What is hashed, in order; `'secret'` stands where the key goes. */
  readonly content: readonly Part[];
  /** How the configured secret becomes the key. Default: its text, as UTF-8. */
  readonly secret?: SecretFormat;
}

class DigestKey implements SchemeKey {
  readonly isPrompt = true;
  readonly #hash: Hash;
  readonly #secret: Uint8Array;

  constructor(hash: Hash, secret: Uint8Array) {
    this.#hash = hash;
    this.#secret = secret;
  }

  async verify(content: readonly Chunk[], { signatures }: Envelope): Promise<boolean> {
    return matchesAny(crypto.equal, await this.sign(content), signatures);
  }

  sign(content: readonly Chunk[]): MaybePromise<Uint8Array> {
    return crypto.digest(
      this.#hash,
      content.map((chunk) => (isSecretPlace(chunk) ? this.#secret : chunk)),
    );
  }
}

/**
 * A plain hash over the parts of `content`, one of which is the secret. Older than HMAC and weaker (with the secret
 * first, whoever has one signature can sign what continues it); here for providers that use it.
 *
 * @example
 * ```ts
 * digest({ header: 'x-acme-signature', hash: 'sha256', encoding: 'hex', content: ['body', 'secret'] })
 * ```
 */
export function digest(options: DigestOptions): Scheme<'secret'> {
  const { hash, encoding, content, secret = { encoding: 'utf8' }, ...grammar } = options;
  return {
    kind: 'digest',
    option: 'secret',
    secret,
    grammar,
    encoding,
    length: hashLength[hash],
    covers: content,
    key: (bytes) => new DigestKey(hash, bytes),
  };
}
