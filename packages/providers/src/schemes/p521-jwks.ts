import { base64url, type CryptoKey, importJWK } from 'jose';

interface P521Jwk {
  readonly kty?: unknown;
  readonly crv?: unknown;
  readonly kid?: unknown;
  readonly x?: unknown;
  readonly y?: unknown;
}

/** Bytes of a coordinate. */
const SIZE = 66;

/** To its full size: such keys have been published without a zero at their beginning. */
function coordinate(text: unknown): string {
  const bytes = base64url.decode(String(text));
  if (bytes.length > SIZE) throw new TypeError('a coordinate of P-521 has 66 bytes');
  const whole = new Uint8Array(SIZE);
  whole.set(bytes, SIZE - bytes.length);
  return base64url.encode(whole);
}

/** The keys for ES512 of a JWK set (RFC 7517), by id. */
export async function p521Jwks(text: string): Promise<ReadonlyMap<string, CryptoKey>> {
  const { keys } = JSON.parse(text) as { keys: readonly P521Jwk[] };
  const found = new Map<string, CryptoKey>();
  for (const { kty, crv, kid, x, y } of keys) {
    if (kty !== 'EC' || crv !== 'P-521' || typeof kid !== 'string') continue;
    const jwk = { kty, crv, x: coordinate(x), y: coordinate(y) };
    found.set(kid, (await importJWK(jwk, 'ES512')) as CryptoKey);
  }
  if (found.size === 0) throw new TypeError('there is no key for ES512');
  return found;
}
