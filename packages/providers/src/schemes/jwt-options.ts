import type { Envelope, SignaturePlace } from '@countersign/core';
import type { JWTPayload } from 'jose';

export interface JwtOptions extends SignaturePlace {
  /** Stands before the token: `Bearer `. */
  readonly prefix?: string;
  /** Pinned: the token's own `alg` chooses nothing. */
  readonly algorithms: readonly string[];
  readonly issuer?: string | readonly string[];
  readonly audience?: string | readonly string[];
  /** Claims that must be there. */
  readonly required?: readonly string[];
  /** Seconds by which `exp` and `nbf` may be off. Default 60. */
  readonly skew?: number;
  /** The claim that holds the SHA-256 of the body. Without one the token covers nothing of the delivery. */
  readonly bodyHash?: { readonly claim: string; readonly encoding: 'hex' | 'base64' };
  /** Claims that become fields, for `{ field }` sources of id, type and time. */
  readonly claims?: readonly string[];
  /** What else must hold. */
  readonly check?: (claims: JWTPayload, envelope: Envelope) => boolean | Promise<boolean>;
  /** Whether the token is the delivery: its claims become the payload. */
  readonly isPayload?: boolean;
  /** Whether equal bodies may be different events: without an id, a delivery is then known by its token. */
  readonly isEachItsOwn?: boolean;
  /** For tests: what the sender claims besides what follows from the rules. */
  readonly sends?: (envelope: Envelope) => JWTPayload | Promise<JWTPayload>;
}
