import type { SignableEvent } from '@countersign/testing';

/** A delivery as it goes over the wire. Header names are lower-case. */
export interface Delivery {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** What happened, before an oracle dresses it as its vendor would; each says where the payload goes. */
export interface OracleEvent {
  id: string;
  type: string;
  /** A JSON value. */
  payload: unknown;
  /** Unix seconds. */
  timestamp: number;
}

/** Where an SDK's verdict is known to differ from the bytes' own; the same words for every SDK. */
export type Weakness =
  /** Only the past is bounded: a genuine signature from next year passes. */
  | 'accepts future timestamps'
  /** The vendor signs a time, the SDK never compares it with the clock. */
  | 'never checks the timestamp'
  /** The header is made a number, and the number is hashed: `17x` or `17.0` passes for `17`. */
  | 'reads the timestamp loosely'
  /** `zz` counts as the byte 0 and `1g` as 1, so one signature has several spellings. */
  | 'reads hex loosely'
  /** A genuine signature followed by the grammar's own separator and more text passes. */
  | 'ignores text after the signature'
  /** Invalid UTF-8 becomes U+FFFD before hashing: genuine bytes fail, other bytes pass for genuine text. */
  | 'hashes the body as text'
  /** A byte order mark before the body is dropped before hashing. */
  | 'drops a byte order mark'
  /** Parses in the same call: a genuine signature over anything but JSON is refused. */
  | 'refuses a body that is not JSON'
  | 'refuses an empty body'
  /** Says no to a genuine `v2.core.event`, which another function of the SDK is for. */
  | 'refuses thin events'
  /** Says no to a genuine signature when another of the vendor's headers is missing. */
  | 'needs unsigned headers too'
  /** Names and values are joined with nothing between, so different fields can make the same signed text. */
  | 'compares form fields, not bytes'
  /** The URL matches with and without its port, as sent and as `new URL()` spells it. */
  | 'tries several spellings of the URL'
  /** Says yes to any of several algorithms, labels or key types, as the message asks. */
  | 'lets the message choose the algorithm'
  /** Parses the body and hashes what it writes anew: genuine bytes fail, other bytes pass for the same value. */
  | 'hashes a re-serialised body'
  /** Of several signatures in rotation only one is looked at. */
  | 'reads one signature of several'
  /** Its own signer writes lower-case hex and the comparison is of text: upper-case hex is refused. */
  | 'refuses upper-case hex';

/** One vendor's official SDK, asked to sign and to judge. */
export interface Oracle {
  /** Unique, for test titles: the provider, and the variant if there are two. */
  readonly name: string;
  /** The file name of our provider. */
  readonly provider: string;
  /** The SDK's package on npm. */
  readonly sdk: string;
  /** Set where the SDK is fetched on demand (`npm run oracles:install`), and without which the oracle is skipped. */
  readonly needs?: string;
  /** What our provider's factory gets. */
  readonly options: Record<string, unknown>;
  /** Options under which nothing of this is genuine. Default: another secret. */
  readonly stranger?: Record<string, unknown>;
  /** The sender's private key (an ed25519 seed, or PKCS #8 as PEM or DER), where our own signer needs one. */
  readonly privateKey?: string | Uint8Array;
  /** What our own signer needs, where the vendor sends more than the signed parts. */
  readonly event?: SignableEvent;
  /** False where our signer cannot make what this vendor sends: the SDK signs alone. */
  readonly ours?: false;
  /** What of the event a delivery bears. Default: both. */
  readonly bears?: readonly ('id' | 'type')[];
  /** Signed by the SDK itself; absent where the SDK cannot sign. */
  sign?(event: OracleEvent): Promise<Delivery>;
  /** The SDK's own verdict on these bytes, by its public verification function. Never throws. */
  verify(delivery: Delivery): Promise<boolean>;
  readonly weaknesses: readonly Weakness[];
}
