import { toFetchResponse, type WebhookRequest } from '@countersign/core';
import { paths } from './settings.ts';
import { addressed, type ExecutionContext, inside, questions, routed, users, watched } from './subject.ts';

/** A route of one's own, without a framework. */
async function route(request: Request): Promise<Response> {
  const { event, response, settle } = await routed.open(request as unknown as WebhookRequest);
  if (response) return toFetchResponse(response);
  const { status = 200 } = event.payload as { status?: number };
  const instead = await settle(status < 400);
  return instead ? toFetchResponse(instead) : new Response(event.id, { status });
}

export default {
  // Bun listens there; the others are told by their command.
  hostname: '127.0.0.1',
  async fetch(request: Request, env?: object, context?: ExecutionContext): Promise<Response> {
    const path = new URL(request.url).pathname;
    switch (path) {
      case paths.webhook:
        return users.fetch(request, env, watched(context));
      case paths.handshake:
        return questions.fetch(request, env, watched(context));
      case paths.address:
        return addressed.fetch(request, env, watched(context));
      case paths.route:
        return route(request);
      default:
        return inside(path) ?? new Response('nothing here', { status: 404 });
    }
  },
};
