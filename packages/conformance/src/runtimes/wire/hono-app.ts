import { verifyWebhook, webhook } from '@countersign/hono';
import { type ExecutionContext, Hono } from 'hono';
import { paths } from './settings.ts';
import { addressed, inside, questions, routed, users, watched } from './subject.ts';

const app = new Hono()
  .all(paths.webhook, webhook(users))
  .all(paths.handshake, webhook(questions))
  .post(paths.address, webhook(addressed))
  .post(paths.route, verifyWebhook(routed), async (c) => {
    const { status = 200 } = await c.req.json();
    return c.text(c.var.webhook.id ?? '', status);
  })
  .get('*', (c) => inside(c.req.path) ?? c.notFound());

export default {
  // Bun listens there; the others are told by their command.
  hostname: '127.0.0.1',
  fetch: (request: Request, env?: object, context?: ExecutionContext) =>
    app.fetch(request, env, watched(context)),
};
