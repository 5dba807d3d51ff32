import type { CryptoKey, JWTHeaderParameters } from 'jose';

/** Finds the key that a token names, none where there is no such one. `now`: the receiver's clock, Unix ms. */
export type FindJwtKey = (header: JWTHeaderParameters, now: number) => Promise<CryptoKey | undefined>;
