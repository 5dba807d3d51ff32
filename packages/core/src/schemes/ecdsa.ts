import type { Encoding } from '../bytes.ts';
import { type Curve, curveLength, type Hash } from '../crypto/crypto.ts';
import type { Part, Scheme, SignatureGrammar } from '../scheme.ts';
import type { SecretFormat } from '../secret.ts';
import { PublicKeyKey } from './public-key.ts';

export interface EcdsaOptions extends SignatureGrammar {
  readonly curve: Curve;
  readonly hash: Hash;
  /** `der`: an ASN.1 sequence, as OpenSSL and Java write it; `raw`: r and s side by side. */
  readonly form: 'der' | 'raw';
  readonly encoding: Encoding;
  readonly content: readonly Part[];
  /** How the configured public key becomes its SubjectPublicKeyInfo. Default: PEM, or its base64 alone. */
  readonly publicKey?: SecretFormat;
}

/**
 * ECDSA over the parts of `content` (FIPS 186-5), with a public key from the provider's settings page.
 *
 * @example
 * ```ts
 * ecdsa({ header: 'x-acme-signature', curve: 'P-256', hash: 'sha256', form: 'der', encoding: 'base64', content: ['body'] })
 * ```
 */
export function ecdsa(options: EcdsaOptions): Scheme<'publicKey'> {
  const { curve, hash, form, encoding, content, publicKey = { encoding: 'spki' }, ...grammar } = options;
  const algorithm = { name: 'ecdsa', curve, hash, form } as const;
  return {
    kind: 'ecdsa',
    option: 'publicKey',
    secret: publicKey,
    grammar,
    encoding,
    ...(form === 'raw' && { length: 2 * curveLength[curve] }),
    covers: content,
    algorithm,
    key: (spki) => new PublicKeyKey(algorithm, spki, form),
  };
}
