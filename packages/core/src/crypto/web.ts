import { type Chunk, concat, encode } from '../bytes.ts';
import type { Crypto, Hash, MacKey, PublicKey } from './crypto.ts';

const names: Record<Hash, string> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};

const { subtle } = globalThis.crypto;

/** WebCrypto's types want bytes over a plain ArrayBuffer; it copies what it is given, so any view will do. */
const source = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => bytes as Uint8Array<ArrayBuffer>;

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
}

class WebEd25519Key implements PublicKey {
  readonly #raw: Uint8Array;
  #key: Promise<CryptoKey> | undefined;

  constructor(raw: Uint8Array) {
    this.#raw = raw;
  }

  async verify(content: readonly Chunk[], signature: Uint8Array): Promise<boolean> {
    this.#key ??= subtle.importKey('raw', source(this.#raw), { name: 'Ed25519' }, false, ['verify']);
    return subtle.verify('Ed25519', await this.#key, source(signature), source(concat(content)));
  }
}

/** Everywhere but Node: Workers, edge functions, Deno, Bun, browsers. */
export const crypto: Crypto = {
  name: 'web',
  hmac: (hash, secret) => new WebMacKey(hash, secret),
  ed25519: (publicKey) => new WebEd25519Key(publicKey),
  digest: async (hash, content) => new Uint8Array(await subtle.digest(names[hash], source(concat(content)))),
  equal(a, b) {
    let difference = a.length ^ b.length;
    for (let at = 0; at < a.length; at++) difference |= (a[at] as number) ^ (b[at] ?? 0);
    return difference === 0;
  },
  token: () => encode('hex', globalThis.crypto.getRandomValues(new Uint8Array(16))),
};
