import { verifyWebhook, type WebhookEvent, webhook } from '@countersign/hono';
import { getRequestListener } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { timeout } from 'hono/timeout';
import { validator } from 'hono/validator';
import { always, type Framework, type MiddlewareFacts, never, pick, types } from './framework.ts';

interface Middleware extends MiddlewareFacts {
  readonly use: MiddlewareHandler;
}

type HonoRequest = Parameters<MiddlewareHandler>[0]['req'];

const reading =
  (read: (request: HonoRequest) => Promise<unknown>): MiddlewareHandler =>
  async (c, next) => {
    await read(c.req);
    await next();
  };

/** Hono has no parsers; it has middleware that reads, and a cache of what was read. */
const middleware: Readonly<Record<string, Middleware>> = {
  json: { use: reading((request) => request.json()), takes: always, leaves: 'nothing' },
  text: { use: reading((request) => request.text()), takes: always, leaves: 'nothing' },
  blob: { use: reading((request) => request.blob()), takes: always, leaves: 'nothing' },
  'array-buffer': { use: reading((request) => request.arrayBuffer()), takes: always, leaves: 'bytes' },
  'parse-body': { use: reading((request) => request.parseBody()), takes: types('form'), leaves: 'bytes' },
  'raw-text': {
    use: reading((request) => request.raw.text()),
    takes: always,
    leaves: 'nothing',
    stumbles: 'always',
  },
  clone: {
    use: reading((request) => request.raw.clone().text()),
    takes: never,
    leaves: 'nothing',
    stumbles: 'always',
  },
  validator: {
    use: validator('json', (value) => value),
    takes: types('json'),
    leaves: 'nothing',
    stumbles: 'over others',
  },
  'body-limit': {
    use: bodyLimit({ maxSize: 1_000_000 }),
    takes: never,
    leaves: 'nothing',
    stumbles: 'always',
  },
  'body-limit-tight': {
    use: bodyLimit({ maxSize: 20 }),
    takes: always,
    leaves: 'refusal',
    stumbles: 'always',
  },
  compress: { use: compress({ threshold: 0 }), takes: never, leaves: 'nothing' },
  timeout: { use: timeout(60_000), takes: never, leaves: 'nothing' },
};

const hono: Framework = {
  name: 'hono 4 on node',
  middleware,
  listener({ path, receiver, route, before, behind }) {
    const app = new Hono<{ Variables: { webhook: WebhookEvent } }>();
    app.onError((error, c) => ('getResponse' in error ? error.getResponse() : c.text('broken', 500)));
    for (const each of pick(middleware, before)) app.use(each);
    if (route === undefined) app.all(path, webhook(receiver));
    else {
      app.all(path, verifyWebhook(receiver));
      for (const each of pick(middleware, behind)) app.use(each);
      app.all(path, async (c) =>
        c.body(await route(c.var.webhook), 200, { 'Content-Type': 'application/json' }),
      );
    }
    return getRequestListener(app.fetch);
  },
};

export const honoFrameworks: readonly Framework[] = [hono];
