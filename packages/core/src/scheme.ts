import type { Chunk, Encoding } from './bytes.ts';
import type { Hash, SignatureAlgorithm } from './crypto/crypto.ts';
import type { WebhookRequest } from './http.ts';
import type { MaybePromise } from './maybe-promise.ts';
import type { SecretFormat } from './secret.ts';
import type { HeaderName, Source } from './source.ts';

/** A piece of what is signed. Pieces are joined as bytes; there is no template to fill in, so nothing to inject into. */
export type Part =
  | 'id'
  | 'timestamp'
  | 'body'
  | 'method'
  | 'url'
  | 'path'
  /** The key itself, in schemes that hash it with the rest (`digest`). */
  | 'secret'
  | { readonly text: string }
  | { readonly header: string }
  /** A value at a dotted path of the payload, as text; what is not there is nothing. Read before it is verified. */
  | { readonly payload: string }
  /** The hash of the body: as text in `encoding`, or raw. */
  | { readonly digest: Hash; readonly encoding?: Encoding };

/** Registered, so that a scheme of another copy of this package knows the place too. */
const secretPlace = Symbol.for('countersign.secret');

/** Stands in signed content for the key, which only the scheme's own key puts there. */
export const SECRET: Uint8Array = Object.defineProperty(new Uint8Array(), secretPlace, { value: true });

/** Whether the key goes here. */
export const isSecretPlace = (chunk: Chunk): boolean => typeof chunk === 'object' && secretPlace in chunk;

/** Where the signature stands: one of `header`, `query` and `payload`. */
export interface SignaturePlace {
  readonly header?: HeaderName;
  /** Every one of the headers that is there holds one; else the first that is there counts. */
  readonly all?: boolean;
  /** A parameter of the query. */
  readonly query?: string;
  /** A dotted path of the payload. */
  readonly payload?: string;
}

/** How the signature is written: bare, as `key=value` pairs, as a list with labels, or by its place in a list. */
export interface SignatureSpelling {
  /** Stands before a bare signature: `sha256=`. */
  readonly prefix?: string;
  /**
   * `t=1,v1=aa,v1=bb`: `signature` names the pairs that hold one, `fields` those that must not be repeated. With
   * `groups`, the text between groups, each of which has fields of its own.
   */
  readonly pairs?: {
    readonly separator: string;
    readonly signature: string;
    readonly fields?: readonly string[];
    readonly groups?: string;
  };
  /** `v1,aa v1,bb`: entries of other labels are skipped. */
  readonly labels?: { readonly separator: string; readonly label: string };
  /** `1700000000,aa,bb`: the named fields first, then signatures. */
  readonly list?: { readonly separator: string; readonly fields: readonly string[] };
}

export interface SignatureGrammar extends SignaturePlace, SignatureSpelling {}

/**
 * A way of signing. The engine reads the header, gathers the content, and asks every key; a scheme says how.
 * Most are made by `hmac`, `ed25519`, `token` and `basic`; a provider with rules of its own implements this.
 */
export interface Scheme<Option extends string = string> {
  readonly kind: string;
  /** The factory option that holds its keys; absent where it finds them itself, by what the delivery names. */
  readonly option?: Option;
  readonly secret: SecretFormat;
  readonly grammar: SignatureGrammar;
  /** How signatures are written; `text`: the header is compared as it is. */
  readonly encoding: Encoding | 'text';
  /** Bytes of a signature, where all have the same. */
  readonly length?: number;
  /** What a signature covers, in order. */
  readonly covers: readonly Part[];
  /** Names of fields that a proof brings (the claims of a token): a signature covers them. */
  readonly claims?: readonly string[];
  /** The sender's half, for schemes with a public key: what signs for tests. */
  readonly algorithm?: SignatureAlgorithm & { readonly form?: 'der' | 'raw' };
  /** The signed content, where `covers` alone does not tell. */
  content?(envelope: Envelope): MaybePromise<readonly Chunk[]>;
  /**
   * Prepares a key, once. Where a scheme finds its keys itself, `secret` is empty.
   *
   * @throws TypeError `ERR_WEBHOOK_CONFIG_SECRET` for bytes that are no key
   */
  key(secret: Uint8Array): SchemeKey;
  /** For tests: what the sender puts into the address and the headers before it signs. */
  prepare?(draft: Draft): MaybePromise<Draft>;
  /** For tests: signs with the sender's private key (PKCS #8), where `algorithm` alone does not tell how. */
  signWith?(
    privateKey: string | Uint8Array,
    content: readonly Chunk[],
    envelope: Envelope,
  ): MaybePromise<Uint8Array>;
}

/** A delivery that is about to be signed, for tests. */
export interface Draft {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What a verified signature brings along, in schemes whose signature is a token with content of its own. */
export interface Proof {
  /** Claims, for `{ field }` sources. */
  readonly fields?: Readonly<Record<string, string>>;
  /** The payload, where the token is the delivery. */
  readonly payload?: { readonly value: unknown };
  /** What was signed, where one delivery may bear several signed texts. */
  readonly content?: readonly Chunk[];
}

/** A key of a scheme, prepared once. */
export interface SchemeKey {
  /** Its answer takes nothing but a processor, so that no time is set for it. */
  readonly isPrompt?: boolean;
  /** Whether this key made any of the envelope's signatures. Looks at all of them, in constant time. */
  verify(content: readonly Chunk[], envelope: Envelope): MaybePromise<boolean | Proof>;
  /** For tests: makes a signature. Absent where the key can only verify. */
  sign?(content: readonly Chunk[], envelope?: Envelope): MaybePromise<Uint8Array>;
}

/** A delivery taken apart for one scheme: nothing in it is verified. */
export interface Envelope {
  readonly scheme: Scheme;
  readonly request: WebhookRequest;
  readonly body: Uint8Array;
  /** The public address, where the scheme signs it; else empty. */
  readonly url: string;
  /** Id and timestamp as sent in headers, letter for letter. */
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
  readonly signatures: readonly Uint8Array[];
  /** The payload, for schemes that sign or are written in values of it. Not verified. */
  readonly payload: unknown;
  /** Unix ms, for signatures that bear an expiry of their own. */
  readonly now: number;
}

/** Whether a signature of this scheme covers what stands there; `part` is what the record takes it for. */
export function isCovered(scheme: Scheme, source: Source, part: 'id' | 'type' | 'timestamp'): boolean {
  if ('constant' in source) return true;
  if ('every' in source) return source.every.every((each) => isCovered(scheme, each, part));
  if ('field' in source && scheme.claims?.includes(source.field)) return true;
  if ('payload' in source) {
    return scheme.covers.some(
      (each) =>
        each === 'body' ||
        (typeof each === 'object' &&
          ('digest' in each || ('payload' in each && each.payload === source.payload))),
    );
  }
  if (part !== 'type' && scheme.covers.includes(part)) return true;
  return scheme.covers.some(
    (each) =>
      typeof each === 'object' && 'header' in each && 'header' in source && each.header === source.header,
  );
}
