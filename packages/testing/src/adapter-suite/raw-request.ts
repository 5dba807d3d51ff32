/** A header as it goes over the wire: this case, this place, as often as it is listed. */
export type HeaderLine = readonly [name: string, value: string];

/** An HTTP/1.1 request before its body is framed. */
export interface RawRequest {
  readonly method: string;
  /** The request target, letter for letter. */
  readonly target: string;
  readonly headers: readonly HeaderLine[];
  readonly body: Buffer;
  /** Default: 1.1. */
  readonly version?: '1.0' | '1.1';
}

/** How the end of the body is told: by its length, by chunks, or not at all. */
export type Framing = 'length' | 'chunked' | 'none';

/** The last chunk, and no trailers. */
export const LAST_CHUNK: Buffer = Buffer.from('0\r\n\r\n');

/** One chunk of a chunked body. */
export const chunkOf = (bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);

/** Request line and headers, up to the empty line. Latin-1, so that any byte can stand in a header. */
export function headOf(request: RawRequest, framing: readonly HeaderLine[] = []): Buffer {
  const { method, target, headers, version = '1.1' } = request;
  const lines: HeaderLine[] = [...headers, ...framing];
  if (!lines.some(([name]) => name.toLowerCase() === 'host')) lines.unshift(['Host', '127.0.0.1']);
  const fields = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`${method} ${target} HTTP/${version}\r\n${fields}\r\n`, 'latin1');
}

const framings: Record<Framing, (request: RawRequest) => readonly Buffer[]> = {
  length: (request) => [headOf(request, [['Content-Length', String(request.body.length)]]), request.body],
  chunked: (request) => [
    headOf(request, [['Transfer-Encoding', 'chunked']]),
    ...(request.body.length > 0 ? [chunkOf(request.body)] : []),
    LAST_CHUNK,
  ],
  none: (request) => [headOf(request)],
};

/**
 * A whole request, as bytes.
 *
 * @param request what to send
 * @param framing how the end of the body is told
 * @example
 * ```ts
 * socket.write(requestBytes(deliveryOf(), 'chunked'));
 * ```
 */
export const requestBytes = (request: RawRequest, framing: Framing = 'length'): Buffer =>
  Buffer.concat(framings[framing](request));

/**
 * The request with other headers of that name in place of its own: none, one, or several.
 *
 * @param request to change
 * @param name of the header, in any case
 * @param values in the order in which they are sent
 */
export function withHeader(request: RawRequest, name: string, ...values: readonly string[]): RawRequest {
  const others = request.headers.filter(([each]) => each.toLowerCase() !== name.toLowerCase());
  return { ...request, headers: [...others, ...values.map((value) => [name, value] as const)] };
}

/** The value of a header of a request. */
export function headerOf(request: RawRequest, name: string): string {
  const [, value] = request.headers.find(([each]) => each.toLowerCase() === name.toLowerCase()) ?? [];
  if (value === undefined) throw new Error(`the delivery has no ${name}`);
  return value;
}
