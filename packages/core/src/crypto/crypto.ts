import type { Chunk } from '../bytes.ts';
import type { MaybePromise } from '../maybe-promise.ts';

export type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512';

export const hashLength: Record<Hash, number> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

/** An HMAC key, prepared once. Holds its bytes where neither `console.log` nor `JSON.stringify` finds them. */
export interface MacKey {
  mac(content: readonly Chunk[]): MaybePromise<Uint8Array>;
}

/** A public key, prepared once. */
export interface PublicKey {
  verify(content: readonly Chunk[], signature: Uint8Array): MaybePromise<boolean>;
}

/** The platform's cryptography: `node.ts` or `web.ts`, chosen by the `#crypto` import condition. */
export interface Crypto {
  readonly name: 'node' | 'web';
  hmac(hash: Hash, secret: Uint8Array): MacKey;
  ed25519(publicKey: Uint8Array): PublicKey;
  digest(hash: Hash, content: readonly Chunk[]): MaybePromise<Uint8Array>;
  /** In constant time for inputs of one length; a different length is no secret. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
  /** 128 random bits, as 32 hex digits. */
  token(): string;
}
