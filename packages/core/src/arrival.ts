import type { IncomingMessage } from 'node:http';

// Undefined where there is no Node, and this module is loaded all the same. Kept, for tests put clocks of their own in
// their place.
const { process, setImmediate: turn } = globalThis;
const tick = process?.nextTick?.bind(process);
const http = process?.getBuiltinModule?.('node:http');

const NOTHING = new Uint8Array();

async function arrive(request: IncomingMessage, length: number): Promise<Uint8Array | undefined> {
  // Whoever else begins to listen would have it flow before we are back.
  request.pause();
  // Begun, or Node would empty it once more behind the answer.
  request.read(0);
  await new Promise(turn);
  // Counted, for requests that a platform makes up are complete before there is anything to read.
  if (!request.complete || request.readableLength !== length) {
    request.resume();
    return undefined;
  }
  const all = request.read() ?? NOTHING;
  // Its end is told by then: until that, parsers behind the receiver would wait for more.
  await new Promise(tick);
  return all;
}

/**
 * The body of Node's own request, read in one go where all of it came along with the headers. `undefined`: it has yet
 * to come, or this is no such request.
 */
export function arrival(request: unknown): Promise<Uint8Array | undefined> | undefined {
  // Nobody may listen in the meantime: any other stream ends the process with an error that nobody listens for, what
  // comes in chunks may come in as many pieces as bytes, and one that flows already is not kept for us.
  if (http === undefined || !(request instanceof http.IncomingMessage)) return undefined;
  if (request.readableFlowing !== null) return undefined;
  const length = request.headers['content-length'];
  return length === undefined ? undefined : arrive(request, Number(length));
}

/** Node's own request, of HTTP/1 or 2, by its shape. At the edge anything may stand where that is looked for. */
export const isNodeRequest = (value: unknown): value is IncomingMessage =>
  typeof (value as IncomingMessage | null | undefined)?.readableDidRead === 'boolean';

/**
 * Node's own request behind a `Request` that is but a view of it, as @hono/node-server makes them. One that was made
 * of such a view is none: it has headers and a body of its own.
 */
export const viewedBy = (request: object): IncomingMessage | undefined =>
  Object.getOwnPropertySymbols(request)
    .map((key) => (request as Readonly<Record<symbol, unknown>>)[key])
    .find(isNodeRequest);
