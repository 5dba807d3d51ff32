/** An answer as it came over the wire. A repeated header is joined with a comma. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

interface Parsed {
  readonly response: RawResponse;
  /** What follows it on the connection. */
  readonly rest: Buffer;
}

interface Taken {
  readonly body: Buffer;
  readonly rest: Buffer;
}

const CRLF = '\r\n';

function takeChunked(bytes: Buffer): Taken | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf(CRLF, at);
    if (line < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    const end = line + 2 + size;
    if (bytes.length < end + 2) return undefined;
    if (size === 0) return { body: Buffer.concat(chunks), rest: bytes.subarray(end + 2) };
    chunks.push(bytes.subarray(line + 2, end));
    at = end + 2;
  }
}

function takeBody(bytes: Buffer, headers: Headers, isEmpty: boolean, ended: boolean): Taken | undefined {
  if (isEmpty) return { body: Buffer.alloc(0), rest: bytes };
  if (headers.get('transfer-encoding') === 'chunked') return takeChunked(bytes);
  const length = headers.get('content-length');
  if (length === null) return ended ? { body: bytes, rest: Buffer.alloc(0) } : undefined;
  const size = Number(length);
  return bytes.length < size ? undefined : { body: bytes.subarray(0, size), rest: bytes.subarray(size) };
}

/**
 * Reads the first final answer out of what has arrived; `undefined` while it is not all there.
 *
 * @param bytes what has arrived
 * @param ended whether the other side has said its last
 * @param method of the request: the answer to HEAD has no body, whatever its headers say
 * @example
 * ```ts
 * const parsed = parseResponse(received, false, 'POST');
 * ```
 */
export function parseResponse(bytes: Buffer, ended: boolean, method: string): Parsed | undefined {
  const end = bytes.indexOf(CRLF + CRLF);
  if (end < 0) return undefined;
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split(CRLF);
  const [, digits] = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(first) ?? [];
  if (digits === undefined)
    throw new Error(`not the beginning of an HTTP answer: ${JSON.stringify(first.slice(0, 80))}`);
  const status = Number(digits);
  const after = bytes.subarray(end + 4);
  if (status < 200) return parseResponse(after, ended, method);
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const taken = takeBody(after, headers, method === 'HEAD' || status === 204 || status === 304, ended);
  return taken && { response: { status, headers, body: taken.body }, rest: taken.rest };
}
