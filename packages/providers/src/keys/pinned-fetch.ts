import { WebhookError } from '@countersign/core';
import { boundedBody } from './bounded-body.ts';
import { keyUnavailable } from './key-unavailable.ts';
import { type Pin, pinnedUrl } from './pinned-url.ts';

/** What every provider takes that fetches its keys. */
export interface FetchOption {
  /** In place of the platform's own `fetch`, for a proxy or a test. It is given only pinned addresses. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

type KeyHeaders = Readonly<Record<string, string>>;

export interface FetchRules extends Pin, FetchOption {
  /** Added to each request; a function where they expire. */
  readonly headers?: KeyHeaders | (() => KeyHeaders | Promise<KeyHeaders>);
  /** Statuses besides 200 that are handed on: by which the vendor says that there is no such key. Default: none. */
  readonly absent?: readonly number[];
  /** ms for the whole answer. Default: 5 s. */
  readonly timeout?: number;
  /** Bytes of body. Default: 64 KiB. */
  readonly limit?: number;
}

/** What a key is fetched with: a part of `fetch` that jose's `customFetch` takes too. */
export type PinnedFetch = (
  url: string | URL,
  init?: { readonly headers?: HeadersInit; readonly signal?: AbortSignal | null },
) => Promise<Response>;

const TIMEOUT = 5_000;
const LIMIT = 64 * 1024;

const unpinned = (): WebhookError =>
  new WebhookError(
    'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    'the delivery names a key at an address that is none of this provider’s: a forgery',
  );

/** Rejects when it is too late, also under a `fetch` that does not listen to its signal. */
function within<T>(controller: AbortController, timeout: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const reason = new Error(`no whole answer within ${timeout} ms`);
      reject(reason);
      controller.abort(reason);
    }, timeout);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * A `fetch` that goes to pinned addresses only, follows no redirect, and is bounded in time and size. Also jose's:
 * `createRemoteJWKSet(url, { [customFetch]: pinnedFetch(rules) })`.
 *
 * @returns rejects with a WebhookError: `ERR_WEBHOOK_SIGNATURE_MISMATCH` for an address that is not pinned,
 * `ERR_WEBHOOK_KEY_UNAVAILABLE` for everything but a 200 (and `absent`) in time
 */
export function pinnedFetch(rules: FetchRules): PinnedFetch {
  const { timeout = TIMEOUT, limit = LIMIT, absent = [] } = rules;

  /** What is wrong with a header is told together with its value, which may be a secret: not handed on. */
  async function headersOf(init: HeadersInit | undefined): Promise<Headers> {
    const headers = new Headers(init);
    const own = typeof rules.headers === 'function' ? await rules.headers() : rules.headers;
    for (const [name, value] of Object.entries(own ?? {})) {
      try {
        headers.set(name, value);
      } catch {
        throw new TypeError(`what was configured cannot stand in the header ${name}`);
      }
    }
    return headers;
  }

  async function exchange(url: URL, init: HeadersInit | undefined, signal: AbortSignal): Promise<Response> {
    const headers = await headersOf(init);
    // Looked up late, so that a fetch which is replaced at run time (instrumentation) is used too.
    const send = rules.fetch ?? globalThis.fetch;
    // `manual` and not `error`, which not every runtime has: a redirect is then an answer like any other, and no 200.
    const response = await send(url.href, { method: 'GET', redirect: 'manual', headers, signal });
    const { status } = response;
    if (status !== 200 && !absent.includes(status)) {
      await response.body?.cancel();
      throw new Error(`status ${status}`);
    }
    const type = response.headers.get('content-type');
    return new Response(await boundedBody(response, limit), {
      status,
      ...(type !== null && { headers: { 'content-type': type } }),
    });
  }

  return async function fetchPinned(address, init = {}) {
    const url = pinnedUrl(String(address), rules);
    if (url === undefined) throw unpinned();
    const controller = new AbortController();
    try {
      return await within(controller, timeout, exchange(url, init.headers, controller.signal));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : 'no answer';
      throw keyUnavailable(`${url.hostname} did not answer as it should: ${reason}`, cause);
    } finally {
      controller.abort();
    }
  };
}
