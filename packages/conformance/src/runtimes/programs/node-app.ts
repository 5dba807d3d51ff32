// Serves an app on Node, as @hono/node-server does: its module, and a port.
import { serve } from '@hono/node-server';

const [, , module = '', port = ''] = process.argv;
const { default: app } = (await import(module)) as {
  default: { fetch(request: Request): Promise<Response> };
};
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(port) });
