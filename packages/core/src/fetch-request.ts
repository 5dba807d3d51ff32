import { arrival, viewedBy } from './arrival.ts';
import { type WebhookRequest, wholeBody } from './http.ts';

/** Node's own request, which @hono/node-server passes along. */
interface Incoming {
  readonly url?: string | undefined;
  readonly readableDidRead?: boolean;
  readonly readableFlowing?: boolean | null;
}

/**
 * A `Request` as a receiver takes it. With a Content-Length, which bounds it, its body is read in one go: there are
 * platforms on which to open its stream takes longer than all the rest. Without, it is counted while it streams.
 */
class FetchRequest implements WebhookRequest {
  readonly #request: Request;
  readonly #viewed: ReturnType<typeof viewedBy>;
  readonly #incoming: Incoming | undefined;

  constructor(request: Request, env: unknown) {
    this.#request = request;
    this.#viewed = viewedBy(request);
    this.#incoming = this.#viewed ?? incomingOf(env);
  }

  get method(): string {
    return this.#request.method;
  }

  get url(): string {
    return this.#incoming?.url ?? this.#request.url;
  }

  get headers(): Headers {
    return this.#request.headers;
  }

  get body(): WebhookRequest['body'] {
    const request = this.#request;
    const isWhole = request.headers.has('content-length') && (this.#isUntouched || !request.body?.locked);
    if (!isWhole) return request.body;
    return wholeBody(
      () => request.arrayBuffer(),
      () => arrival(this.#viewed),
    );
  }

  get bodyUsed(): boolean {
    return !this.#isUntouched && this.#request.bodyUsed;
  }

  /** Merely to look at the body makes some platforms open the stream, and close the connection on what is left. */
  get #isUntouched(): boolean {
    const { readableDidRead, readableFlowing } = this.#incoming ?? {};
    return readableDidRead === false && readableFlowing === null;
  }
}

function incomingOf(env: unknown): Incoming | undefined {
  try {
    return (env as { readonly incoming?: Incoming } | null | undefined)?.incoming;
  } catch {
    // Something else that will not be looked at.
    return undefined;
  }
}

/** Of what the platform passes along with a request, the first may hold Node's own. */
export const fromFetch = (request: Request, [env]: readonly unknown[]): WebhookRequest =>
  new FetchRequest(request, env);
