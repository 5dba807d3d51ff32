import {
  type Chunk,
  type Envelope,
  isWebhookError,
  type Proof,
  type SchemeKey,
  WebhookError,
} from '@countersign/core';
import { base64url, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import { keyUnavailable } from '../keys/key-unavailable.ts';
import { bodyHash } from './body-hash.ts';
import type { FindJwtKey } from './find-jwt-key.ts';
import type { JwtOptions } from './jwt-options.ts';
import { signJwt } from './sign-jwt.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const COMPACT = /^[\w-]+\.[\w-]+\.([\w-]+)$/;

/** Three parts, and one spelling of the signature: unused bits of its last letter are zero. */
function isCompact(token: string): boolean {
  const [, signature] = COMPACT.exec(token) ?? [];
  try {
    return signature !== undefined && base64url.encode(base64url.decode(signature)) === signature;
  } catch {
    return false;
  }
}

const listOf = (value: string | readonly string[]): string | string[] =>
  typeof value === 'string' ? value : [...value];

/** A token that is wrong is refused, one out of its time says so; what else fails is nobody's forgery. */
function refusal(error: unknown): false {
  if (isWebhookError(error) || !(error instanceof errors.JOSEError)) throw error;
  if (error instanceof errors.JWTExpired) {
    throw new WebhookError(
      'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
      'the token has run out: a replay, a slow queue in between, or this machine’s clock is fast',
    );
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf') {
    throw new WebhookError(
      'ERR_WEBHOOK_TIMESTAMP_TOO_NEW',
      'the token is not valid yet: this machine’s clock is slow',
    );
  }
  return false;
}

/** A key, or a way to find keys, under the rules for the tokens it verifies. */
export class JwtKey implements SchemeKey {
  readonly #options: JwtOptions;
  readonly #key: Uint8Array | FindJwtKey;
  /** A key that is published signs nothing. */
  readonly sign?: (content: readonly Chunk[], envelope?: Envelope) => Promise<Uint8Array>;

  constructor(options: JwtOptions, key: Uint8Array | FindJwtKey) {
    this.#options = options;
    this.#key = key;
    if (typeof key !== 'function')
      this.sign = (_content, envelope) => signJwt(options, key, envelope as Envelope);
  }

  async verify(_content: readonly Chunk[], envelope: Envelope): Promise<boolean | Proof> {
    for (const signature of envelope.signatures) {
      const token = decoder.decode(signature);
      const claims = isCompact(token) && (await this.#claimsOf(token, envelope).catch(refusal));
      if (claims !== false) return this.#proofOf(token, claims);
    }
    return false;
  }

  async #claimsOf(token: string, envelope: Envelope): Promise<JWTPayload | false> {
    const { algorithms, issuer, audience, required = [], skew = 60, bodyHash: hash, check } = this.#options;
    const rules: JWTVerifyOptions = {
      algorithms: [...algorithms],
      requiredClaims: [...required],
      clockTolerance: skew,
      currentDate: new Date(envelope.now),
      ...(issuer !== undefined && { issuer: listOf(issuer) }),
      ...(audience !== undefined && { audience: listOf(audience) }),
    };
    const { payload } = await this.#verified(token, rules, envelope.now);
    // Nothing secret is compared: the token is there for whoever sent it to read.
    if (hash && payload[hash.claim] !== (await bodyHash(envelope.body, hash.encoding))) return false;
    return (check ? await check(payload, envelope) : true) && payload;
  }

  async #verified(token: string, rules: JWTVerifyOptions, now: number): Promise<{ payload: JWTPayload }> {
    const key = this.#key;
    if (typeof key !== 'function') return jwtVerify(token, key, rules);
    return jwtVerify(
      token,
      async (header) => {
        const found = await key(header, now);
        if (found === undefined) throw new errors.JWKSNoMatchingKey();
        return found;
      },
      rules,
    ).catch((error: unknown) => {
      // One that is too short, or for something else: no token is to blame for it.
      if (error instanceof TypeError)
        throw keyUnavailable('the key that the token names is of no use', error);
      throw error;
    });
  }

  #proofOf(token: string, payload: JWTPayload): Proof {
    const { claims = [], isPayload = false, isEachItsOwn = false } = this.#options;
    const fields = Object.fromEntries(
      claims.flatMap((name) => (payload[name] === undefined ? [] : [[name, String(payload[name])]])),
    );
    return {
      fields,
      ...(isPayload && { payload: { value: payload } }),
      ...(isEachItsOwn && { content: [token] }),
    };
  }
}
