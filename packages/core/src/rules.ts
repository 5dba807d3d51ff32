import type { WebhookRequest } from './http.ts';
import type { PayloadFormat } from './payload.ts';
import type { Scheme, SchemeKey } from './scheme.ts';
import type { Source, SourceReader } from './source.ts';

/** Seconds a delivery may be old, and seconds its clock may be ahead of ours. */
export interface Tolerance {
  readonly past: number;
  readonly future: number;
}

/** How a sender writes its time: Unix seconds, Unix milliseconds, or RFC 3339 text. */
export type TimestampUnit = 's' | 'ms' | 'rfc3339';

/**
 * Where the sender says when it sent, in which unit, and how far that may be from now (default 300 s each way).
 * It is enforced where the signature covers it; elsewhere it is only information, and nothing depends on it.
 */
export type TimestampRule = Source & {
  readonly unit: TimestampUnit;
  readonly tolerance?: Tolerance;
};

/** What verification follows: a provider record made ready. */
export interface SigningRules {
  /** Strongest first. */
  readonly schemes: readonly Scheme[];
  readonly id: readonly SourceReader[];
  readonly timestamp: readonly SourceReader[];
  readonly unit: TimestampUnit;
  readonly payload: PayloadFormat;
  /** Whether a scheme looks into the payload, which is then parsed before it is verified. */
  readonly readsPayload: boolean;
  /** Whether the timestamp may stand in the payload. */
  readonly timeInPayload: boolean;
  /** The endpoint's public address, for schemes that sign it. */
  readonly publicUrl: ((request: WebhookRequest) => string) | undefined;
}

/** A key that may verify now, and the name to report when it does. */
export interface Credential {
  readonly id: string;
  readonly key: SchemeKey;
}

/** The schemes that have keys now, in the order of `SigningRules.schemes`. */
export type Credentials = readonly KeyedScheme[];

/** A scheme with the keys that may verify by it now. */
export interface KeyedScheme {
  readonly scheme: Scheme;
  readonly keys: readonly Credential[];
}
