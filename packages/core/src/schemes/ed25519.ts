import { concat, type Encoding } from '../bytes.ts';
import type { Part, Scheme, SignatureGrammar } from '../scheme.ts';
import type { SecretFormat } from '../secret.ts';
import { PublicKeyKey } from './public-key.ts';

export interface Ed25519Options extends SignatureGrammar {
  readonly encoding: Encoding;
  readonly content: readonly Part[];
  /** How the configured public key becomes its 32 bytes. */
  readonly publicKey: SecretFormat;
}

/** What stands before the 32 bytes of a key in its SubjectPublicKeyInfo (RFC 8410 section 4). */
const SPKI = new Uint8Array([0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0]);

const algorithm = { name: 'ed25519' } as const;

/**
 * Ed25519 over the parts of `content` (RFC 8032), with a public key from the provider's settings page.
 *
 * @example
 * ```ts
 * ed25519({
 *   header: 'x-acme-signature',
 *   encoding: 'hex',
 *   content: ['timestamp', 'body'],
 *   publicKey: { encoding: 'hex' },
 * });
 * ```
 */
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
    algorithm,
    key: (raw) => new PublicKeyKey(algorithm, concat([SPKI, raw])),
  };
}
