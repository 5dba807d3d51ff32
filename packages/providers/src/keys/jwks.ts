import { ed25519, rsa, type Scheme, type SchemeKey } from '@countersign/core';
import { publicKeyOf } from './public-key-of.ts';
import { base64Bytes } from './spki.ts';

/** The members of a JSON Web Key that are looked at; all of them only asserted. */
export interface Jwk {
  readonly kty?: unknown;
  readonly crv?: unknown;
  readonly x?: unknown;
  readonly kid?: unknown;
  readonly use?: unknown;
}

/** A key for the scheme, or `undefined` for one of another kind. */
type ReadJwk = (jwk: Jwk) => Promise<SchemeKey | undefined>;

export const base64UrlBytes = (text: string): Uint8Array =>
  base64Bytes(text.replaceAll('-', '+').replaceAll('_', '/'));

const ed25519Scheme = ed25519({
  header: '-',
  encoding: 'base64url',
  content: [],
  publicKey: { encoding: 'base64url' },
});

const ed25519Key: ReadJwk = async ({ kty, crv, x }) => {
  if (kty !== 'OKP' || crv !== 'Ed25519') return undefined;
  const bytes = base64UrlBytes(String(x));
  if (bytes.length !== 32) throw new TypeError('an Ed25519 key has 32 bytes');
  return publicKeyOf(ed25519Scheme, bytes);
};

const rsaScheme = rsa({ header: '-', hash: 'sha512', padding: 'pkcs1', encoding: 'base64url', content: [] });
const RS512 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' };

const rs512Key: ReadJwk = async (jwk) => {
  if (jwk.kty !== 'RSA') return undefined;
  const { n, e } = jwk as { n: string; e: string };
  const key = await crypto.subtle.importKey('jwk', { kty: 'RSA', n, e }, RS512, true, ['verify']);
  return publicKeyOf(rsaScheme as Scheme, new Uint8Array(await crypto.subtle.exportKey('spki', key)));
};

/** The keys of a JWK set (RFC 7517) that `read` takes, by id; those without one are numbered. */
const jwksReader =
  (read: ReadJwk) =>
  async (text: string): Promise<ReadonlyMap<string, SchemeKey>> => {
    const { keys } = JSON.parse(text) as { keys: readonly Jwk[] };
    const found = new Map<string, SchemeKey>();
    for (const [index, jwk] of keys.entries()) {
      const key = (jwk.use ?? 'sig') === 'sig' ? await read(jwk) : undefined;
      if (key) found.set(typeof jwk.kid === 'string' ? jwk.kid : `#${index}`, key);
    }
    if (found.size === 0) throw new TypeError('there is no key of the right kind');
    return found;
  };

export const ed25519Jwks = jwksReader(ed25519Key);
export const rs512Jwks = jwksReader(rs512Key);
