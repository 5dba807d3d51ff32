/**
 * Countersign for Hono 4, on Node and at the edge.
 *
 * @example
 * ```ts
 * const payments = createReceiver(stripe({ secret }), {
 *   on: { 'invoice.paid': (event) => fulfil(event.payload.data.object.id) },
 * });
 * app.post('/webhooks/stripe', webhook(payments));
 * ```
 * @module
 */
import type { Platform, Receiver, WebhookEvent, WebhookRequest } from '@countersign/core';
import { assertMount, toFetchResponse, wholeBody } from '@countersign/core';
import { arrival, isNodeRequest, type NodeRequest, viewedBy } from '@countersign/core/node';
import type { Context, Handler, MiddlewareHandler } from 'hono';

export * from '@countersign/core';

/** Node's own request, which @hono/node-server puts in `env`. */
function incomingOf(env: unknown): NodeRequest | undefined {
  const { incoming } = (env ?? {}) as { readonly incoming?: unknown };
  return isNodeRequest(incoming) ? incoming : undefined;
}

/**
 * With a Content-Length, which bounds it, the body is read into Hono's cache, which then has it for the route.
 * Without, it is counted while it streams. Text that an earlier middleware decoded is no longer the signed bytes.
 */
class HonoDelivery implements WebhookRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly bodyUsed: boolean;
  readonly bodyUsedBy = 'a middleware (c.req.json(), c.req.text(), c.req.raw)';
  readonly #request: Context['req'];

  constructor({ req, env }: Context) {
    const { raw, bodyCache } = req;
    const incoming = incomingOf(env);
    // What parseBody() makes of a body that is no form, without reading it, stands there in older versions.
    const found = Object.keys(bodyCache).find((kept) => kept !== 'parsedBody');
    const isRead = incoming?.readableDidRead;
    const isParsed = isRead && incoming?.body !== undefined && !ArrayBuffer.isView(incoming.rawBody);
    this.method = raw.method;
    this.url = incoming?.url ?? raw.url;
    this.headers = raw.headers;
    // Merely to look at `raw.bodyUsed` makes some versions of @hono/node-server open the stream, and cut it off.
    this.bodyUsed =
      found === undefined ? (isRead !== false && raw.bodyUsed) || isParsed === true : found !== 'arrayBuffer';
    this.#request = req;
  }

  get body(): WebhookRequest['body'] {
    const { raw, bodyCache } = this.#request;
    const cache: Record<string, unknown> = bodyCache;
    if (!('arrayBuffer' in cache || raw.headers.has('content-length'))) return raw.body;
    const read = () => {
      cache.arrayBuffer ??= raw.arrayBuffer();
      return cache.arrayBuffer as Promise<ArrayBuffer>;
    };
    const keep = (bytes: Uint8Array | undefined) => {
      // Copied: it stands among what else came over the connection.
      const own = bytes && new Uint8Array(bytes);
      if (own) cache.arrayBuffer = Promise.resolve(own.buffer);
      return own;
    };
    return wholeBody(read, () => arrival(viewedBy(raw))?.then(keep));
  }
}

function platformOf(c: Context): Platform {
  const { env } = c;
  // Hono throws where the platform has no context, and Node has none.
  if (incomingOf(env) !== undefined) return { env };
  try {
    const { executionCtx } = c;
    return { env, waitUntil: (work) => executionCtx.waitUntil(work) };
  } catch {
    return { env };
  }
}

/**
 * Mounts a receiver with handlers (`on`): verifies, deduplicates, handles and answers.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_MOUNT` when the receiver has no `on`
 */
export function webhook(receiver: Receiver): Handler {
  assertMount(receiver, 'webhook');
  return async (c) => toFetchResponse(await receiver.handle(new HonoDelivery(c), platformOf(c)));
}

/**
 * Verifies and claims a delivery, puts its event in `c.var.webhook`, and lets your own handler answer: a status
 * below 400 completes the delivery before the response leaves; any other, or a throw, has it sent again.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_MOUNT` when the receiver has `on`
 * @example
 * ```ts
 * const billing = createReceiver(stripe({ secret }));
 * app.post('/billing', verifyWebhook(billing), (c) => {
 *   console.log(c.var.webhook.type);
 *   return c.text('ok');
 * });
 * ```
 */
export function verifyWebhook<Event extends WebhookEvent>(
  receiver: Receiver<Event>,
): MiddlewareHandler<{ Variables: { webhook: Event } }> {
  assertMount(receiver, 'verifyWebhook');
  return async (c, next) => {
    const { event, response, settle } = await receiver.open(new HonoDelivery(c), platformOf(c));
    if (response) return toFetchResponse(response);
    c.set('webhook', event);
    // So that the route may still call `c.req.json()`.
    (c.req.bodyCache as Record<string, unknown>).arrayBuffer ??= Promise.resolve(event.body.slice().buffer);
    let ok = false;
    try {
      await next();
      ok = c.error === undefined && c.res.status < 400;
    } finally {
      const instead = await settle(ok);
      // Emptied first: Hono carries the old headers over, the length of another body among them.
      if (instead) c.res = undefined;
      if (instead) c.res = toFetchResponse(instead);
    }
  };
}
