import type { Envelope, Scheme, SchemeKey } from '@countersign/core';

/** The smallest that is well formed as DER, and no signature of anything. */
const PROBE = new Uint8Array([0x30, 6, 2, 1, 1, 2, 1, 1]);

/**
 * A key that was fetched, for this scheme. Tried once: WebCrypto imports a key at its first use, and one that is no
 * key must fail here, not at each delivery.
 *
 * @throws what is wrong with the key
 */
export async function publicKeyOf(scheme: Scheme, spki: Uint8Array): Promise<SchemeKey> {
  const key = scheme.key(spki);
  await key.verify([''], { signatures: [PROBE] } as unknown as Envelope);
  return key;
}
