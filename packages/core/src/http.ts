/**
 * What a receiver needs to know of a request: a structural subset of Fetch, so that a `Request` is one and a Node
 * adapter passes a literal. `url` may be absolute or begin at the path; nothing is taken from its host.
 */
export interface WebhookRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: {
    /** By any case of the name; `null`: not there. */
    get(name: string): string | null;
  };
  /** The bytes as they came over the wire, before any parser; `null` when there are none. */
  readonly body: ByteSource | ByteStream | AsyncIterable<Uint8Array> | Uint8Array | null;
  /** True when something else has read the body already: it cannot be verified any more. */
  readonly bodyUsed?: boolean;
  /** What read it, if an adapter can tell (`express.json()`): named in the log line. */
  readonly bodyUsedBy?: string;
}

/** As much of a web stream as is read: a `ReadableStream` is one, whichever library its types come from. */
export interface ByteStream {
  readonly locked: boolean;
  /** Locks the stream. */
  getReader(): ByteReader;
}

/** As much of its reader as is used. */
export interface ByteReader {
  /** The next piece, or `done`. */
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  /** Nobody wants the rest. */
  cancel(): Promise<void>;
}

/** A body that hands its pieces over as they come, where a platform is read faster so than by asking for each. */
export interface ByteSource {
  /** All of it, where it came along with the headers; `undefined`: it has yet to come. Never waits for the sender. */
  arrived?(): Promise<Uint8Array | undefined> | undefined;
  /** Resolves at the end. Stops, and rejects, with what `take` throws. */
  pieces(take: (piece: Uint8Array) => void): Promise<void>;
  /** Nobody wants the rest. */
  cancel(): Promise<void>;
}

/** A body that its platform reads in one go: only for one whose Content-Length bounds it. */
export const wholeBody = (
  read: () => Promise<ArrayBuffer>,
  arrived: ByteSource['arrived'] = () => undefined,
): ByteSource => ({
  arrived,
  pieces: async (take) => take(new Uint8Array(await read())),
  async cancel() {},
});

/** What to answer, for an adapter to send. */
export interface WebhookResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Answers may echo what a stranger sent, and must never be sniffed as HTML or cached. */
export const guards = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** An answer with a body, never to be sniffed or cached. */
export function writtenResponse(
  status: number,
  body: string,
  contentType = 'text/plain; charset=utf-8',
  more?: Readonly<Record<string, string>>,
): WebhookResponse {
  // Named one by one: they are in every answer, and to spread them takes twice as long.
  const headers = {
    'content-type': contentType,
    'cache-control': guards['cache-control'],
    'x-content-type-options': guards['x-content-type-options'],
  };
  return { status, headers: more ? { ...headers, ...more } : headers, body };
}

/** An answer of plain text. */
export const textResponse = (body: string, status = 200): WebhookResponse => writtenResponse(status, body);

/** An answer of JSON. */
export const jsonResponse = (
  value: unknown,
  status = 200,
  headers?: Record<string, string>,
): WebhookResponse => writtenResponse(status, JSON.stringify(value), 'application/json', headers);

/** A status that carries no body, or one that wants it empty. */
export const emptyResponse = (status: number, headers?: Record<string, string>): WebhookResponse => ({
  status,
  headers: { ...guards, ...headers },
  body: '',
});

const BODILESS = new Set([204, 205, 304]);

/**
 * Asked before an answer counts, where a mistake can still be told.
 *
 * @throws TypeError or RangeError for a status, a header, a body or a combination that HTTP does not have
 */
export function assertSendable({ status, headers, body }: WebhookResponse): void {
  new Headers(Object.entries(headers));
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new RangeError(`${String(status)} is no status of an answer`);
  }
  if (typeof body !== 'string') throw new TypeError('the body of an answer is a string');
  if (body !== '' && BODILESS.has(status)) throw new TypeError(`an answer of ${status} has no body`);
}

/** An answer as Fetch has it. */
export const toFetchResponse = ({ status, headers, body }: WebhookResponse): Response =>
  new Response(body === '' ? null : body, { status, headers });

/** The query string as sent, with its `?`, or `''`. Never decoded or normalised: some signatures cover it. */
export function queryOf(url: string): string {
  const whole = url.split('#', 1)[0] as string;
  const at = whole.indexOf('?');
  return at < 0 ? '' : whole.slice(at);
}

/** The path as sent, out of an absolute URL or a request target. */
export function pathOf(url: string): string {
  const target = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  return target.split(/[?#]/, 1)[0] || '/';
}
