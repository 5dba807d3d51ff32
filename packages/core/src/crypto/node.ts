import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  createSecretKey,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
  type VerifyKeyObjectInput,
  verify,
} from 'node:crypto';
import { type Chunk, concat } from '../bytes.ts';
import type {
  Crypto,
  Curve,
  Hash,
  ImportPublicKey,
  MacKey,
  PublicKey,
  SignatureAlgorithm,
} from './crypto.ts';

class NodeMacKey implements MacKey {
  readonly #hash: Hash;
  readonly #key: KeyObject;

  constructor(hash: Hash, secret: Uint8Array) {
    this.#hash = hash;
    this.#key = createSecretKey(secret);
  }

  mac(content: readonly Chunk[]): Uint8Array {
    const hmac = createHmac(this.#hash, this.#key);
    for (const chunk of content) hmac.update(chunk);
    return hmac.digest();
  }
}

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

/** Synchronous and native: one call costs less than the promise WebCrypto needs. */
export const crypto: Crypto = {
  name: 'node',
  hmac: (hash, secret) => new NodeMacKey(hash, secret),
  digest(hash, content) {
    const digest = createHash(hash);
    for (const chunk of content) digest.update(chunk);
    return digest.digest();
  },
  equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),
  token: () => randomBytes(16).toString('hex'),
};
