import type { WebhookRequest } from '@countersign/core';

/** A delivery and the verdict on it. */
export interface Vector {
  /** Where it was published, or how it was made. */
  readonly source: string;
  /** `published` and `derived` from such; `third-party-suite`; `sdk-generated` by the vendor's own; `made` by ours. */
  readonly origin: 'published' | 'derived' | 'third-party-suite' | 'sdk-generated' | 'made';
  readonly secret?: string;
  readonly publicKey?: string;
  /** Further options of the factory. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** What the vendor's key server answers, by address, where keys are fetched. Of others it knows nothing (404). */
  readonly fetched?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly url?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly bodyBase64?: string;
  /** Unix seconds at which it is fresh. Absent where nothing that is signed says when. */
  readonly at?: number;
  readonly expect: 'valid' | 'invalid';
  /** What comes of it behind a good signature, where that is no event. */
  readonly code?: 'ERR_WEBHOOK_PAYLOAD_INVALID' | 'ERR_WEBHOOK_HANDSHAKE';
  readonly note?: string;
}

export const bodyOf = ({ body = '', bodyBase64 }: Vector): Uint8Array =>
  bodyBase64 === undefined
    ? new TextEncoder().encode(body)
    : Uint8Array.from(atob(bodyBase64), (letter) => letter.charCodeAt(0));

/** Something to send in place of what was signed. */
export interface Change {
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** The vector as a request. */
export const requestOf = (
  vector: Vector,
  { url = vector.url ?? '/webhooks', headers = vector.headers, body = bodyOf(vector) }: Change = {},
): WebhookRequest => ({
  method: vector.method ?? 'POST',
  url,
  headers: new Headers(headers),
  body: vector.method === 'GET' ? null : body,
});
