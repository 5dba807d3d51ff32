import { arrival, viewedBy } from './arrival.ts';
import { type WebhookRequest, wholeBody } from './http.ts';

/**
 * A `Request` as a receiver takes it. With a Content-Length, which bounds it, its body is read in one go: there are
 * platforms on which to open its stream takes longer than all the rest. Without, it is counted while it streams.
 */
export class FetchRequest implements WebhookRequest {
  readonly #request: Request;
  /** `null`: not looked for yet, which throws for what is no request. */
  #found: ReturnType<typeof viewedBy> | null = null;

  constructor(request: Request) {
    this.#request = request;
  }

  get #viewed(): ReturnType<typeof viewedBy> {
    if (this.#found === null) this.#found = viewedBy(this.#request);
    return this.#found;
  }

  get method(): string {
    return this.#request.method;
  }

  get url(): string {
    return this.#viewed?.url ?? this.#request.url;
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
    const { readableDidRead, readableFlowing } = this.#viewed ?? {};
    return readableDidRead === false && readableFlowing === null;
  }
}
