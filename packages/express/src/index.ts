/**
 * Countersign for Express 4.21+ and 5.
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
import { assertMount, type Receiver, type WebhookEvent } from '@countersign/core';
import { fromNode, sendNode } from '@countersign/core/node';
import type { NextFunction, Request, Response } from 'express';

export * from '@countersign/core';

/**
 * Mounts a receiver with handlers (`on`): verifies, deduplicates, handles and answers. Mount it before any body
 * parser, or on a path that no parser touches.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_MOUNT` when the receiver has no `on`
 */
export function webhook(
  receiver: Receiver,
): (request: Request, response: Response, next: NextFunction) => Promise<void> {
  assertMount(receiver, 'webhook');
  return async function countersign(request, response, next) {
    const answer = await receiver.handle(fromNode(request));
    attempt(() => sendNode(request, response, answer), next);
  };
}

/** Express 4 does not look after promises: what an async function throws there ends the process. */
function attempt(work: () => void, next: NextFunction): void {
  try {
    work();
  } catch (error) {
    next(error);
  }
}

/**
 * Hears when a route ends its answer. Of the events of a response none is sure to come once the sender has hung up:
 * an answer that waits behind another on its connection is told nothing at all.
 */
function onEnd(response: Response, ended: () => void): void {
  const end = response.end as (...given: unknown[]) => Response;
  response.end = (...given: unknown[]) => {
    const answered = end.apply(response, given);
    ended();
    return answered;
  };
}

/**
 * Verifies and claims a delivery, puts its event in `res.locals.webhook`, and lets your own route handle it: a
 * response below 400 completes the delivery, any other has it sent again.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_MOUNT` when the receiver has `on`
 * @example
 * ```ts
 * const billing = createReceiver(stripe({ secret }));
 * app.post('/billing', verifyWebhook(billing), (_request, response) => {
 *   console.log(response.locals.webhook.type);
 *   response.sendStatus(200);
 * });
 * ```
 */
export function verifyWebhook<Event extends WebhookEvent>(
  receiver: Receiver<Event>,
): (request: Request, response: Response<unknown, { webhook: Event }>, next: NextFunction) => Promise<void> {
  assertMount(receiver, 'verifyWebhook');
  return async function countersign(request, response, next) {
    const { event, response: answer, settle } = await receiver.open(fromNode(request));
    if (answer) return attempt(() => sendNode(request, response, answer), next);
    response.locals.webhook = event;
    // The word by which the parsers of Express 4 know that they come too late, and pass on.
    Object.assign(request, { _body: true });
    onEnd(response, () => void settle(response.statusCode < 400));
    next();
  };
}
