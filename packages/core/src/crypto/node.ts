import {
  constants,
  createHash,
  createPublicKey,
  hash as digestOf,
  randomFillSync,
  type VerifyKeyObjectInput,
  verify,
} from 'node:crypto';
import { type Chunk, concat } from '../bytes.ts';
import type { Crypto, Curve, Hash, ImportPublicKey, PublicKey, SignatureAlgorithm } from './crypto.ts';
import { equal } from './node-equal.ts';
import { NodeMacKey } from './node-mac-key.ts';

/** What OpenSSL calls the kind of key that an algorithm needs. */
const keyTypes = { ed25519: 'ed25519', ecdsa: 'ec', rsa: 'rsa' } as const;

const curveNames: Record<Curve, string> = {
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
};

class NodePublicKey implements PublicKey {
  readonly #hash: Hash | null;
  readonly #key: VerifyKeyObjectInput;

  constructor(algorithm: SignatureAlgorithm, spki: Uint8Array) {
    const key = createPublicKey({ key: spki as Buffer, format: 'der', type: 'spki' });
    const isOther =
      key.asymmetricKeyType !== keyTypes[algorithm.name] ||
      (algorithm.name === 'ecdsa' && key.asymmetricKeyDetails?.namedCurve !== curveNames[algorithm.curve]);
    if (isOther) throw new TypeError('this is a key of another kind');
    const pss = algorithm.name === 'rsa' && algorithm.padding === 'pss';
    this.#hash = algorithm.name === 'ed25519' ? null : algorithm.hash;
    this.#key = {
      key,
      dsaEncoding: 'ieee-p1363',
      ...(pss && { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }),
    };
  }

  verify(content: readonly Chunk[], signature: Uint8Array): boolean {
    return verify(this.#hash, concat(content), this.#key, signature);
  }
}

export const importPublicKey: ImportPublicKey = (algorithm, spki) => new NodePublicKey(algorithm, spki);

/** Random bytes that are fetched at once, and used once. */
const stock = Buffer.allocUnsafeSlow(4096);
let used = stock.length;

function token(): string {
  if (used === stock.length) {
    randomFillSync(stock);
    used = 0;
  }
  used += 16;
  return stock.toString('hex', used - 16, used);
}

/** Synchronous and native: one call costs less than the promise WebCrypto needs. */
export const crypto: Crypto = {
  name: 'node',
  hmac: (hash, secret) => new NodeMacKey(hash, secret),
  digest(hash, content) {
    const digest = createHash(hash);
    for (const chunk of content) digest.update(chunk);
    return digest.digest();
  },
  sha256(content) {
    if (content.length === 1) return digestOf('sha256', content[0] as Chunk);
    const digest = createHash('sha256');
    for (const chunk of content) digest.update(chunk);
    return digest.digest('hex');
  },
  equal,
  token,
};
