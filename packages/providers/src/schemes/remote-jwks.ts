import { createLocalJWKSet, errors } from 'jose';
import { fetchedKeySet } from '../keys/fetched-key-set.ts';
import { keyUnavailable } from '../keys/key-unavailable.ts';
import type { FetchOption } from '../keys/pinned-fetch.ts';
import type { FindJwtKey } from './find-jwt-key.ts';

/** ms: what is taken from the set is not trusted for longer. */
const HOUR = 3_600_000;

/** The JWK set (RFC 7517) at one address, which is all that is ever fetched; read anew for a key that is not in it. */
export function remoteJwks(address: string, { fetch }: FetchOption): FindJwtKey {
  const sets = fetchedKeySet(address, { fetch, ttl: HOUR }, (text) => {
    return new Map([['', createLocalJWKSet(JSON.parse(text))]]);
  });

  async function keyIn(held: Awaited<ReturnType<typeof sets.renewed>>, header: Parameters<FindJwtKey>[0]) {
    try {
      return await held?.get('')?.(header);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JOSENotSupported)
        return undefined;
      if (error instanceof errors.JWKSMultipleMatchingKeys) return undefined;
      throw keyUnavailable(`${new URL(address).hostname} serves a key that is none`, error);
    }
  }

  return async (header, now) =>
    (await keyIn(await sets.keys(now), header)) ?? keyIn(await sets.renewed(now), header);
}
