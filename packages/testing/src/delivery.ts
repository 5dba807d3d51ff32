/** A delivery as it goes over the wire: what to send, byte for byte. */
export interface Delivery {
  readonly method: string;
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * A delivery as a Fetch request, for `receiver.fetch`, `app.request` and `fetch`.
 *
 * @example
 * ```ts
 * const response = await receiver.fetch(toRequest(await sign(provider, { type: 'ping' })));
 * ```
 */
export const toRequest = ({ method, url, headers, body }: Delivery): Request =>
  new Request(url, {
    method,
    headers: { ...headers },
    ...(method !== 'GET' && { body: body as Uint8Array<ArrayBuffer> }),
  });
