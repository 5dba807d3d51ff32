import type { Chunk } from '../bytes.ts';
import type { MaybePromise } from '../maybe-promise.ts';

/** A hash function. */
export type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512';

export const hashLength: Record<Hash, number> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

/** An HMAC key, prepared once. Holds its bytes where neither `console.log` nor `JSON.stringify` finds them. */
export interface MacKey {
  mac(content: readonly Chunk[]): MaybePromise<Uint8Array>;
  /** Whether any of the signatures is that. Looks at all of them, each in constant time. */
  matches(content: readonly Chunk[], signatures: readonly Uint8Array[]): MaybePromise<boolean>;
}

/** What a public key verifies. ECDSA signatures are r and s side by side, each as long as the curve. */
export type SignatureAlgorithm =
  | { readonly name: 'ed25519' }
  | { readonly name: 'ecdsa'; readonly curve: Curve; readonly hash: Hash }
  | { readonly name: 'rsa'; readonly padding: 'pkcs1' | 'pss'; readonly hash: Hash };

/** An elliptic curve of ECDSA. */
export type Curve = 'P-256' | 'P-384' | 'P-521';

/** Bytes of r, and of s. */
export const curveLength: Record<Curve, number> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };

/** A public key, prepared once. */
export interface PublicKey {
  verify(content: readonly Chunk[], signature: Uint8Array): MaybePromise<boolean>;
}

/** Prepares a SubjectPublicKeyInfo (RFC 5280), the bytes inside of a PEM block. Throws for what is none. */
export type ImportPublicKey = (algorithm: SignatureAlgorithm, spki: Uint8Array) => PublicKey;

/** The platform's cryptography: `node.ts` or `web.ts`, chosen by the `#crypto` import condition. */
export interface Crypto {
  readonly name: 'node' | 'web';
  hmac(hash: Hash, secret: Uint8Array): MacKey;
  digest(hash: Hash, content: readonly Chunk[]): MaybePromise<Uint8Array>;
  /** SHA-256 as hex, for names: what a delivery is known by. */
  sha256(content: readonly Chunk[]): MaybePromise<string>;
  /** In constant time for inputs of one length; a different length is no secret. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
  /** 128 random bits, as 32 hex digits. */
  token(): string;
}
