import type { Chunk, SignatureAlgorithm } from '@countersign/core';

/** The fixed beginning of a PKCS #8 Ed25519 key (RFC 8410 section 7); its 32-byte seed follows. */
const ED25519 = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

const hashes = { sha1: 'SHA-1', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' };
const lengths = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

const PEM = /-----BEGIN PRIVATE KEY-----(.*)-----END PRIVATE KEY-----/s;

function pkcs8Of(key: string | Uint8Array): Uint8Array<ArrayBuffer> {
  if (typeof key !== 'string') return new Uint8Array(key.length === 32 ? [...ED25519, ...key] : key);
  const [, armoured = key] = PEM.exec(key) ?? [];
  return Uint8Array.from(atob(armoured.replace(/\s/g, '')), (character) => character.charCodeAt(0));
}

function namesOf(algorithm: SignatureAlgorithm) {
  if (algorithm.name === 'ed25519') return { key: { name: 'Ed25519' }, use: { name: 'Ed25519' } };
  const hash = hashes[algorithm.hash];
  if (algorithm.name === 'ecdsa') {
    return { key: { name: 'ECDSA', namedCurve: algorithm.curve }, use: { name: 'ECDSA', hash } };
  }
  const name = algorithm.padding === 'pss' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5';
  return { key: { name, hash }, use: { name, saltLength: lengths[algorithm.hash] } };
}

const derInteger = (bytes: Uint8Array): number[] => {
  const digits = [...bytes.subarray(bytes.findIndex((byte) => byte !== 0))];
  const value = (digits[0] as number) >= 0x80 ? [0, ...digits] : digits;
  return [2, value.length, ...value];
};

/** r and s side by side, as an ASN.1 sequence. */
function derOf(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  const inner = [...derInteger(raw.subarray(0, half)), ...derInteger(raw.subarray(half))];
  return new Uint8Array([0x30, ...(inner.length > 127 ? [0x81, inner.length] : [inner.length]), ...inner]);
}

/** Signs with a private key (PKCS #8 as PEM or DER, or an Ed25519 seed), by WebCrypto. */
export async function privateKeySignature(
  algorithm: SignatureAlgorithm & { readonly form?: 'der' | 'raw' },
  privateKey: string | Uint8Array,
  content: readonly Chunk[],
): Promise<Uint8Array> {
  const { key, use } = namesOf(algorithm);
  const imported = await crypto.subtle.importKey('pkcs8', pkcs8Of(privateKey), key, false, ['sign']);
  const bytes = await new Blob(content as BlobPart[]).arrayBuffer();
  const raw = new Uint8Array(await crypto.subtle.sign(use, imported, bytes));
  return algorithm.form === 'der' ? derOf(raw) : raw;
}
