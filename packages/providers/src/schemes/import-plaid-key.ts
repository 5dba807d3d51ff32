import { type CryptoKey, importJWK } from 'jose';
import { keyUnavailable } from '../keys/key-unavailable.ts';

/** A key as `/webhook_verification_key/get` answers it. */
export interface PlaidKey {
  readonly alg: string;
  readonly crv: string;
  readonly kty: string;
  readonly use: string;
  readonly kid: string;
  readonly x: string;
  readonly y: string;
  /** Unix seconds. */
  readonly expired_at?: number | null;
}

/** Ready for use; `undefined` for one that has expired, with which nothing is signed any more. */
export async function importPlaidKey(key: PlaidKey): Promise<CryptoKey | undefined> {
  const { alg, crv, kty, x, y, expired_at: expired } = key;
  if (expired !== undefined && expired !== null) return undefined;
  try {
    if (alg !== 'ES256' || kty !== 'EC' || crv !== 'P-256') throw new TypeError('not a key for ES256');
    return (await importJWK({ kty, crv, x, y }, 'ES256')) as CryptoKey;
  } catch (cause) {
    throw keyUnavailable('Plaid answered with something that is no key', cause);
  }
}
