import {
  createHash,
  createHmac,
  createPublicKey,
  createSecretKey,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { type Chunk, concat, encode } from '../bytes.ts';
import type { Crypto, Hash, MacKey, PublicKey } from './crypto.ts';

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

class NodeEd25519Key implements PublicKey {
  readonly #key: KeyObject;

  constructor(raw: Uint8Array) {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: encode('base64url', raw) };
    this.#key = createPublicKey({ key: jwk, format: 'jwk' });
  }

  verify(content: readonly Chunk[], signature: Uint8Array): boolean {
    return verify(null, concat(content), this.#key, signature);
  }
}

/** Synchronous and native: one call costs less than the promise WebCrypto needs. */
export const crypto: Crypto = {
  name: 'node',
  hmac: (hash, secret) => new NodeMacKey(hash, secret),
  ed25519: (publicKey) => new NodeEd25519Key(publicKey),
  digest(hash, content) {
    const digest = createHash(hash);
    for (const chunk of content) digest.update(chunk);
    return digest.digest();
  },
  equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),
  token: () => randomBytes(16).toString('hex'),
};
