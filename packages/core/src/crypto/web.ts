import { type Chunk, concat, encode } from '../bytes.ts';
import {
  type Crypto,
  type Hash,
  hashLength,
  type ImportPublicKey,
  type MacKey,
  type PublicKey,
  type SignatureAlgorithm,
} from './crypto.ts';
import { matchesAny } from './matches-any.ts';

const names: Record<Hash, string> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};

const { subtle } = globalThis.crypto;

/** WebCrypto's types want bytes over a plain ArrayBuffer; it copies what it is given, so any view will do. */
const source = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => bytes as Uint8Array<ArrayBuffer>;

function equal(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at++) difference |= (a[at] as number) ^ (b[at] ?? 0);
  return difference === 0;
}

class WebMacKey implements MacKey {
  readonly #hash: Hash;
  readonly #secret: Uint8Array;
  #key: Promise<CryptoKey> | undefined;

  constructor(hash: Hash, secret: Uint8Array) {
    this.#hash = hash;
    this.#secret = secret;
  }

  async mac(content: readonly Chunk[]): Promise<Uint8Array> {
    // Imported at first use: Workers refuse asynchronous work while a module is still loading.
    this.#key ??= subtle.importKey(
      'raw',
      source(this.#secret),
      { name: 'HMAC', hash: names[this.#hash] },
      false,
      ['sign'],
    );
    return new Uint8Array(await subtle.sign('HMAC', await this.#key, source(concat(content))));
  }

  async matches(content: readonly Chunk[], signatures: readonly Uint8Array[]): Promise<boolean> {
    return matchesAny(equal, await this.mac(content), signatures);
  }
}

/** How WebCrypto names an algorithm when a key is imported, and when it verifies. */
function namesOf(algorithm: SignatureAlgorithm): {
  readonly key: KeyAlgorithmName;
  readonly use: KeyAlgorithmName;
} {
  if (algorithm.name === 'ed25519') return { key: { name: 'Ed25519' }, use: { name: 'Ed25519' } };
  const hash = names[algorithm.hash];
  if (algorithm.name === 'ecdsa') {
    return { key: { name: 'ECDSA', namedCurve: algorithm.curve }, use: { name: 'ECDSA', hash } };
  }
  const name = algorithm.padding === 'pss' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5';
  return { key: { name, hash }, use: { name, saltLength: hashLength[algorithm.hash] } };
}

interface KeyAlgorithmName {
  readonly name: string;
  readonly hash?: string;
  readonly namedCurve?: string;
  readonly saltLength?: number;
}

/** Bytes of a signature (RFC 8032 section 5.1.6). */
const ED25519_LENGTH = 64;

class WebPublicKey implements PublicKey {
  readonly #algorithm: ReturnType<typeof namesOf>;
  readonly #spki: Uint8Array;
  #key: Promise<CryptoKey> | undefined;

  constructor(algorithm: SignatureAlgorithm, spki: Uint8Array) {
    this.#algorithm = namesOf(algorithm);
    this.#spki = spki;
  }

  async verify(content: readonly Chunk[], signature: Uint8Array): Promise<boolean> {
    const { key, use } = this.#algorithm;
    this.#key ??= subtle.importKey('spki', source(this.#spki), key, false, ['verify']);
    const imported = await this.#key;
    // All but Workers say so themselves; Workers throw.
    if (use.name === 'Ed25519' && signature.length !== ED25519_LENGTH) return false;
    return subtle.verify(use, imported, source(signature), source(concat(content)));
  }
}

export const importPublicKey: ImportPublicKey = (algorithm, spki) => new WebPublicKey(algorithm, spki);

const digest = async (hash: Hash, content: readonly Chunk[]): Promise<Uint8Array> =>
  new Uint8Array(await subtle.digest(names[hash], source(concat(content))));

/** Everywhere but Node: Workers, edge functions, Deno, Bun, browsers. */
export const crypto: Crypto = {
  name: 'web',
  sha256: async (content) => encode('hex', await digest('sha256', content)),
  hmac: (hash, secret) => new WebMacKey(hash, secret),
  digest,
  equal,
  token: () => encode('hex', globalThis.crypto.getRandomValues(new Uint8Array(16))),
};
