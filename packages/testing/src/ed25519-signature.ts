import type { Chunk } from '@countersign/core';

/** The fixed beginning of a PKCS #8 Ed25519 key (RFC 8410 section 7); its 32-byte seed follows. */
const PKCS8 = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/** Signs with an Ed25519 seed, by WebCrypto. */
export async function ed25519Signature(seed: Uint8Array, content: readonly Chunk[]): Promise<Uint8Array> {
  const pkcs8 = new Uint8Array([...PKCS8, ...seed]);
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
  const encoder = new TextEncoder();
  const bytes = content.flatMap((chunk) => [...(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)]);
  return new Uint8Array(await crypto.subtle.sign('Ed25519', key, new Uint8Array(bytes)));
}
