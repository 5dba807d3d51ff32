import type { Encoding } from '../bytes.ts';
import type { Hash } from '../crypto/crypto.ts';
import type { Part, Scheme, SignatureGrammar } from '../scheme.ts';
import type { SecretFormat } from '../secret.ts';
import { PublicKeyKey } from './public-key.ts';

export interface RsaOptions extends SignatureGrammar {
  readonly hash: Hash;
  readonly padding: 'pkcs1' | 'pss';
  readonly encoding: Encoding;
  readonly content: readonly Part[];
  /** How the configured public key becomes its SubjectPublicKeyInfo. Default: PEM, or its base64 alone. */
  readonly publicKey?: SecretFormat;
}

/**
 * RSA over the parts of `content` (RFC 8017: `pkcs1` is RSASSA-PKCS1-v1_5), with a public key from the provider's
 * settings page.
 *
 * @example
 * ```ts
 * rsa({ header: 'x-acme-signature', hash: 'sha256', padding: 'pkcs1', encoding: 'base64', content: ['body'] })
 * ```
 */
export function rsa(options: RsaOptions): Scheme<'publicKey'> {
  const { hash, padding, encoding, content, publicKey = { encoding: 'spki' }, ...grammar } = options;
  const algorithm = { name: 'rsa', padding, hash } as const;
  return {
    kind: 'rsa',
    option: 'publicKey',
    secret: publicKey,
    grammar,
    encoding,
    covers: content,
    algorithm,
    key: (spki) => new PublicKeyKey(algorithm, spki),
  };
}
