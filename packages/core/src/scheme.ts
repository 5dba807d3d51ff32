import type { Chunk, Encoding } from './bytes.ts';
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
  | { readonly text: string }
  | { readonly header: string };

/** The signature header: a bare signature, `key=value` pairs, or a list of labelled signatures. */
export interface SignatureGrammar {
  readonly header: HeaderName;
  /** Stands before a bare signature: `sha256=`. */
  readonly prefix?: string;
  /** `t=1,v1=aa,v1=bb`: `signature` names the pairs that hold one, `fields` those that must not be repeated. */
  readonly pairs?: {
    readonly separator: string;
    readonly signature: string;
    readonly fields?: readonly string[];
  };
  /** `v1,aa v1,bb`: entries of other labels are skipped. */
  readonly labels?: { readonly separator: string; readonly label: string };
}

/**
 * A way of signing. The engine reads the header, gathers the content, and asks every key; a scheme says how.
 * Most are made by `hmac`, `ed25519`, `token` and `basic`; a provider with rules of its own implements this.
 */
export interface Scheme<Option extends string = string> {
  readonly kind: string;
  /** The factory option that holds its keys. */
  readonly option: Option;
  readonly secret: SecretFormat;
  readonly grammar: SignatureGrammar;
  /** How signatures are written; `text`: the header is compared as it is. */
  readonly encoding: Encoding | 'text';
  /** Bytes of a signature, where all have the same. */
  readonly length?: number;
  /** What a signature covers, in order. */
  readonly covers: readonly Part[];
  /** The signed content, where `covers` alone does not tell. */
  content?(envelope: Envelope): readonly Chunk[];
  key(secret: Uint8Array): SchemeKey;
}

/** A key of a scheme, prepared once. */
export interface SchemeKey {
  /** Whether this key made any of the envelope's signatures. Looks at all of them, in constant time. */
  verify(content: readonly Chunk[], envelope: Envelope): MaybePromise<boolean>;
  /** For tests: makes a signature. Absent where the key can only verify. */
  sign?(content: readonly Chunk[], envelope: Envelope): MaybePromise<Uint8Array>;
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
}

/** Whether a signature of this scheme covers what stands there; `part` is what the record takes it for. */
export function isCovered(scheme: Scheme, source: Source, part: 'id' | 'type' | 'timestamp'): boolean {
  if ('constant' in source) return true;
  if ('payload' in source) return scheme.covers.includes('body');
  if (part !== 'type' && scheme.covers.includes(part)) return true;
  return scheme.covers.some(
    (each) =>
      typeof each === 'object' && 'header' in each && 'header' in source && each.header === source.header,
  );
}
