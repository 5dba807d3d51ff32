import type { Envelope } from '@countersign/core';
import { type CryptoKey, type JWTPayload, SignJWT } from 'jose';
import { bodyHash } from './body-hash.ts';
import type { JwtOptions } from './jwt-options.ts';

/** Seconds. */
const LIFE = 300;

const first = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0];

/** For tests: a token as the sender makes it. */
export async function signJwt(
  options: JwtOptions,
  key: Uint8Array | CryptoKey,
  envelope: Envelope,
  header: { readonly kid?: string; readonly x5c?: string[] } = {},
): Promise<Uint8Array> {
  const { algorithms, issuer, audience, bodyHash: hash, isPayload, sends } = options;
  const iat = Math.floor(envelope.now / 1000);
  const claims: JWTPayload = {
    iat,
    ...(options.required?.includes('exp') && { exp: iat + LIFE }),
    ...(issuer !== undefined && { iss: first(issuer) as string }),
    ...(audience !== undefined && { aud: first(audience) as string }),
    ...(hash && { [hash.claim]: await bodyHash(envelope.body, hash.encoding) }),
    ...(isPayload && (envelope.payload as JWTPayload)),
    ...(await sends?.(envelope)),
  };
  const alg = algorithms[0] as string;
  const token = await new SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT', ...header }).sign(key);
  return new TextEncoder().encode(token);
}
