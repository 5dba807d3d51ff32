import type { IncomingMessage, ServerResponse } from 'node:http';
import { arrival, isNodeRequest, viewedBy } from './arrival.ts';
import { DISCARD } from './body.ts';
import type { ByteSource, WebhookRequest, WebhookResponse } from './http.ts';

export { arrival, isNodeRequest, viewedBy };

/** What frameworks and their parsers leave on a request. */
export interface Leftovers {
  readonly originalUrl?: string;
  readonly rawBody?: unknown;
  readonly body?: unknown;
}

/** Node's request, with what a framework and its parsers may have left on it. */
export type NodeRequest = IncomingMessage & Leftovers;

/**
 * Node joins repeated headers, except some of which it keeps the first and drops the rest. A repeated credential is
 * joined too, as Fetch does, so that it matches nothing.
 */
class NodeHeaders {
  readonly #request: IncomingMessage;
  readonly #headers: IncomingMessage['headers'];

  constructor(request: IncomingMessage) {
    this.#request = request;
    this.#headers = request.headers;
  }

  get(name: string): string | null {
    const lower = name.toLowerCase();
    const headers = this.#headers;
    // Their record has a prototype, where `constructor` stands.
    if (!Object.hasOwn(headers, lower)) return null;
    const value = lower === 'authorization' ? this.#request.headersDistinct[lower] : headers[lower];
    return Array.isArray(value) ? value.join(', ') : (value ?? null);
  }
}

const closed = (): Error => new Error('the connection was closed');

/**
 * The bytes of a request, as they come. Nothing touches the stream before it is read, so a delivery refused by its
 * headers leaves it as it was; and it is left alone when reading stops early, for to destroy it would take the
 * connection away from the answer.
 */
class NodeBody implements ByteSource {
  readonly #request: IncomingMessage;
  #stop = (): void => {};

  constructor(request: IncomingMessage) {
    this.#request = request;
  }

  arrived(): ReturnType<typeof arrival> {
    return arrival(this.#request);
  }

  pieces(take: (piece: Uint8Array) => void): Promise<void> {
    const request = this.#request;
    return new Promise((resolve, reject) => {
      const onData = (piece: Uint8Array): void => {
        try {
          take(piece);
        } catch (error) {
          this.#stop();
          reject(error);
        }
      };
      this.#stop = () => void request.off('data', onData).pause();
      // Stays to the end: an error that nobody listens for would end the process.
      request.on('error', reject);
      request.on('close', () => request.readableEnded || reject(closed()));
      request.on('end', resolve);
      request.on('data', onData);
      if (request.destroyed) reject(closed());
    });
  }

  async cancel(): Promise<void> {
    this.#stop();
  }
}

/** The parser that most likely took the bytes, judged by what it left. */
function parserOf(body: unknown, contentType = ''): string {
  if (typeof body === 'string') return 'a text parser (express.text(), koa-bodyparser)';
  if (/json/i.test(contentType)) return 'a JSON parser (express.json(), koa-bodyparser)';
  if (/form/i.test(contentType)) return 'a form parser (express.urlencoded(), koa-bodyparser)';
  return 'a body parser';
}

/** The exact bytes, where a framework left them in a Buffer. */
const bytesOf = (...places: readonly unknown[]): Uint8Array | undefined =>
  places.find((value): value is Uint8Array => ArrayBuffer.isView(value));

/**
 * A Node request as a receiver takes it. A Buffer that a framework left (`rawBody`, or `body`) holds the exact
 * bytes and is used; a stream that nobody has read is read; anything else means that the bytes are gone.
 *
 * @param request the framework's request
 * @param left where the framework keeps its own view of it: `ctx.request` in Koa
 */
export function fromNode(request: NodeRequest, left: Leftovers = request): WebhookRequest {
  const bytes = bytesOf(request.rawBody, left.rawBody, left.body);
  const bodyUsed = bytes === undefined && (request.readableDidRead || request.readableEnded);
  const taken = {
    method: request.method ?? 'GET',
    url: left.originalUrl ?? request.url ?? '/',
    headers: new NodeHeaders(request),
    body: bodyUsed ? null : (bytes ?? new NodeBody(request)),
    bodyUsed,
  };
  return bodyUsed ? { ...taken, bodyUsedBy: parserOf(left.body, request.headers['content-type']) } : taken;
}

/** Lets a sender finish its sentence, so that it hears the answer; one that talks on is cut off. */
export function discardRest(request: IncomingMessage): void {
  if (request.readableEnded || request.destroyed) return;
  let left: number = DISCARD.bytes;
  const cut = (): unknown => request.socket.destroy();
  const timer = setTimeout(cut, DISCARD.ms);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
  request.on('error', () => {});
  request.on('data', (chunk: Uint8Array) => {
    left -= chunk.length;
    if (left < 0) cut();
  });
  // Paused, if reading stopped early.
  request.resume();
}

/** Sends a receiver's answer. */
export function sendNode(request: IncomingMessage, response: ServerResponse, answer: WebhookResponse): void {
  // Something else answered in the meantime: a timeout of the framework, say.
  if (response.headersSent) return;
  const { status, headers, body } = answer;
  // Express makes each response a class of its own: to set a property on it takes 3 µs, to look for one up to 1.
  if (response.statusCode !== status) response.statusCode = status;
  const { setHeader } = response;
  for (const name of Object.keys(headers)) setHeader.call(response, name, headers[name] as string);
  response.end(body);
  discardRest(request);
}
