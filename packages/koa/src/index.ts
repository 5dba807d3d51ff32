/**
 * Countersign for Koa 2.15+ and 3.
 *
 * @example
 * ```ts
 * const payments = createReceiver(stripe({ secret }), {
 *   on: { 'invoice.paid': (event) => fulfil(event.payload.data.object.id) },
 * });
 * router.post('/webhooks/stripe', webhook(payments));
 * ```
 * @module
 */
import { assertMount, type Receiver, type WebhookEvent, type WebhookResponse } from '@countersign/core';
import { discardRest, fromNode, type Leftovers } from '@countersign/core/node';
import type { Context, Middleware, ParameterizedContext } from 'koa';

export * from '@countersign/core';

function answer(ctx: Context | ParameterizedContext, { status, headers, body }: WebhookResponse): void {
  ctx.status = status;
  if (body === '') {
    // Of a type that stood there before, Koa would write what is empty in that type: `null`.
    ctx.remove('content-type');
    ctx.body = null;
    // Koa takes an empty body for 204.
    ctx.status = status;
  }
  // Behind that, which takes headers away, and before a body, of which Koa would guess the type.
  ctx.set(headers);
  if (body !== '') ctx.body = body;
  discardRest(ctx.req);
}

const requestOf = (ctx: Context | ParameterizedContext) =>
  fromNode(ctx.req, ctx.request as unknown as Leftovers);

/**
 * Mounts a receiver with handlers (`on`): verifies, deduplicates, handles and answers. Mount it before any body
 * parser, or on a path that no parser touches.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_MOUNT` when the receiver has no `on`
 */
export function webhook(receiver: Receiver): Middleware {
  assertMount(receiver, 'webhook');
  return async function countersign(ctx) {
    answer(ctx, await receiver.handle(requestOf(ctx)));
  };
}

/**
 * Verifies and claims a delivery, puts its event in `ctx.state.webhook`, and lets your own middleware handle it: a
 * status below 400 completes the delivery before the response leaves; any other, or a throw, has it sent again.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_MOUNT` when the receiver has `on`
 * @example
 * ```ts
 * const billing = createReceiver(stripe({ secret }));
 * router.post('/billing', verifyWebhook(billing), (ctx) => {
 *   console.log(ctx.state.webhook.type);
 *   ctx.status = 200;
 * });
 * ```
 */
export function verifyWebhook<Event extends WebhookEvent>(
  receiver: Receiver<Event>,
): Middleware<{ webhook: Event }> {
  assertMount(receiver, 'verifyWebhook');
  return async function countersign(ctx, next) {
    const { event, response, settle } = await receiver.open(requestOf(ctx));
    if (response) return answer(ctx, response);
    ctx.state.webhook = event;
    // The word by which parsers know that they come too late, and pass on.
    ctx.disableBodyParser = true;
    try {
      await next();
    } catch (error) {
      await settle(false);
      throw error;
    }
    const instead = await settle(ctx.status < 400);
    if (instead) answer(ctx, instead);
  };
}
