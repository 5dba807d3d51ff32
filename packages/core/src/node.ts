import type { IncomingMessage, ServerResponse } from 'node:http';
import { DISCARD } from './body.ts';
import type { WebhookRequest, WebhookResponse } from './http.ts';

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

  constructor(request: IncomingMessage) {
    this.#request = request;
  }

  get(name: string): string | null {
    const lower = name.toLowerCase();
    const value =
      lower === 'authorization' ? this.#request.headersDistinct[lower] : this.#request.headers[lower];
    return Array.isArray(value) ? value.join(', ') : (value ?? null);
  }
}

/**
 * The bytes of a request, as they come. Leaves the stream alone when it stops early: destroying it, as Node's own
 * iterator does, would take the connection away from the answer.
 */
class NodeBodyReader implements AsyncIterator<Uint8Array> {
  readonly #request: IncomingMessage;
  #wake: (() => void) | undefined;
  #error: unknown;

  constructor(request: IncomingMessage) {
    this.#request = request;
    for (const event of ['readable', 'end', 'close']) request.on(event, this.#onChange);
    // Stays to the end: an error that nobody listens for would end the process.
    request.on('error', this.#onError);
  }

  readonly #onChange = (): void => this.#wake?.();

  readonly #onError = (error: unknown): void => {
    this.#error = error;
    this.#wake?.();
  };

  async next(): Promise<IteratorResult<Uint8Array>> {
    const request = this.#request;
    for (;;) {
      const chunk: Uint8Array | null = request.read();
      if (chunk !== null) return { done: false, value: chunk };
      if (request.readableEnded) return this.return();
      if (this.#error !== undefined || request.destroyed)
        throw this.#error ?? new Error('the connection was closed');
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    for (const event of ['readable', 'end', 'close']) this.#request.off(event, this.#onChange);
    return { done: true, value: undefined };
  }
}

/** Nothing touches the stream before the first read, so a delivery refused by its headers leaves it as it was. */
const bodyOf = (request: IncomingMessage): AsyncIterable<Uint8Array> => ({
  [Symbol.asyncIterator]: () => new NodeBodyReader(request),
});

/** The parser that most likely took the bytes, judged by what it left. */
function parserOf(body: unknown, contentType = ''): string {
  if (typeof body === 'string') return 'a text parser (express.text(), koa-bodyparser)';
  if (/json/i.test(contentType)) return 'a JSON parser (express.json(), koa-bodyparser)';
  if (/form/i.test(contentType)) return 'a form parser (express.urlencoded(), koa-bodyparser)';
  return 'a body parser';
}

/**
 * A Node request as a receiver takes it. A Buffer that a framework left (`rawBody`, or `body`) holds the exact
 * bytes and is used; a stream that nobody has read is read; anything else means that the bytes are gone.
 *
 * @param request the framework's request
 * @param left where the framework keeps its own view of it: `ctx.request` in Koa
 */
export function fromNode(request: NodeRequest, left: Leftovers = request): WebhookRequest {
  const bytes = [request.rawBody, left.rawBody, left.body].find((value) => ArrayBuffer.isView(value));
  const isSpent = bytes === undefined && (request.readableDidRead || request.readableEnded);
  return {
    method: request.method ?? 'GET',
    url: left.originalUrl ?? request.url ?? '/',
    headers: new NodeHeaders(request),
    body: isSpent ? null : ((bytes as Uint8Array | undefined) ?? bodyOf(request)),
    bodyUsed: isSpent,
    ...(isSpent && { bodyUsedBy: parserOf(left.body, request.headers['content-type']) }),
  };
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
}

/** Sends a receiver's answer. */
export function sendNode(request: IncomingMessage, response: ServerResponse, answer: WebhookResponse): void {
  // Something else answered in the meantime: a timeout of the framework, say.
  if (response.headersSent) return;
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  response.end(answer.body);
  discardRest(request);
}
