import { crypto } from '#crypto';
import type { Chunk, Encoding } from '../bytes.ts';
import type { PublicKey } from '../crypto/crypto.ts';
import type { Envelope, Part, Scheme, SchemeKey, SignatureGrammar } from '../scheme.ts';
import type { SecretFormat } from '../secret.ts';

export interface Ed25519Options extends SignatureGrammar {
  readonly encoding: Encoding;
  readonly content: readonly Part[];
  /** How the configured public key becomes its 32 bytes. */
  readonly publicKey: SecretFormat;
}

class Ed25519Key implements SchemeKey {
  readonly #key: PublicKey;

  constructor(raw: Uint8Array) {
    this.#key = crypto.ed25519(raw);
  }

  async verify(content: readonly Chunk[], { signatures }: Envelope): Promise<boolean> {
    let matched = false;
    for (const signature of signatures) matched = (await this.#key.verify(content, signature)) || matched;
    return matched;
  }
}

/** Ed25519 over the parts of `content` (RFC 8032), with a public key from the provider's settings page. */
export function ed25519(options: Ed25519Options): Scheme<'publicKey'> {
  const { encoding, content, publicKey, ...grammar } = options;
  return {
    kind: 'ed25519',
    option: 'publicKey',
    secret: { ...publicKey, length: 32 },
    grammar,
    encoding,
    length: 64,
    covers: content,
    key: (raw) => new Ed25519Key(raw),
  };
}
