import { parseDictionary } from 'structured-headers';

/** RFC 9530 section 5: the rest of the registry is deprecated, and proves nothing against an adversary. */
const hashes: Readonly<Record<string, string>> = { 'sha-256': 'SHA-256', 'sha-512': 'SHA-512' };

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/**
 * Whether a Content-Digest field (RFC 9530) is that of the body: one active algorithm at least, and every one of
 * them that is there.
 */
export async function matchesContentDigest(field: string, body: Uint8Array): Promise<boolean> {
  const active = [...parseDictionary(field)].filter(([name]) => Object.hasOwn(hashes, name));
  for (const [name, [value]] of active) {
    if (!(value instanceof ArrayBuffer)) return false;
    const digest = await crypto.subtle.digest(hashes[name] as string, body as Uint8Array<ArrayBuffer>);
    if (!isSame(new Uint8Array(value), new Uint8Array(digest))) return false;
  }
  return active.length > 0;
}
