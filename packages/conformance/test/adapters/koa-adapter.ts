import { buffer } from 'node:stream/consumers';
import { verifyWebhook, webhook } from '@countersign/koa';
import type { AdapterUnderTest, ParserUnderTest } from '@countersign/testing';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import type Koa from 'koa';
import { listen } from './listen.ts';

interface Parser extends Omit<ParserUnderTest, 'name'> {
  readonly middleware: Koa.Middleware;
}

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

/** What raw-body and the platforms that read bodies themselves leave. */
const keepBuffer =
  (keep: (ctx: Koa.Context, bytes: Buffer) => void): Koa.Middleware =>
  async (ctx, next) => {
    keep(ctx, await buffer(ctx.req));
    await next();
  };

const parsers: Readonly<Record<string, Parser>> = {
  'bodyParser()': {
    middleware: bodyParser(),
    takes: [JSON_TYPE, FORM],
    ignores: ['text/plain', 'application/octet-stream', undefined],
    leaves: 'nothing',
    blamed: 'koa-bodyparser',
  },
  "bodyParser({ enableTypes: ['text'] })": {
    middleware: bodyParser({ enableTypes: ['text'] }),
    takes: ['text/plain'],
    ignores: [JSON_TYPE, FORM, undefined],
    leaves: 'nothing',
    blamed: 'koa-bodyparser',
  },
  'a middleware that keeps a Buffer in ctx.request.rawBody': {
    middleware: keepBuffer((ctx, rawBody) => Object.assign(ctx.request, { rawBody, body: {} })),
    takes: [JSON_TYPE, undefined],
    ignores: [],
    leaves: 'bytes',
  },
  'a middleware that keeps a Buffer in ctx.request.body': {
    middleware: keepBuffer((ctx, body) => Object.assign(ctx.request, { body })),
    takes: [JSON_TYPE, undefined],
    ignores: [],
    leaves: 'bytes',
  },
  'a platform that keeps a Buffer in ctx.req.rawBody': {
    middleware: keepBuffer((ctx, rawBody) => Object.assign(ctx.req, { rawBody })),
    takes: [JSON_TYPE, undefined],
    ignores: [],
    leaves: 'bytes',
  },
};

/** As koa-mount does: what is mounted sees a path, and a `req.url`, without the prefix. */
const mount =
  (prefix: string): Koa.Middleware =>
  async (ctx, next) => {
    ctx.path = ctx.path.slice(prefix.length);
    await next();
  };

/** Koa of either major version: everything the adapter touches is the same in both. */
export const koaAdapter = (name: string, Application: typeof Koa): AdapterUnderTest => ({
  name,
  settles: 'before-answer',
  parsers: Object.entries(parsers).map(([parser, { middleware: _, ...facts }]) => ({
    name: parser,
    ...facts,
  })),
  async serve({ parser, prefix, routes, behind }) {
    const app = new Application();
    app.silent = true;
    const before = parser === undefined ? undefined : parsers[parser];
    if (before) app.use(before.middleware);
    if (prefix !== undefined) app.use(mount(prefix));
    const router = new Router();
    for (const { path, receiver, answer } of routes) {
      if (answer === undefined) router.all(path, webhook(receiver));
      else {
        router.all(path, verifyWebhook(receiver), async (ctx) => {
          const { status, body, headers = {} } = await answer(ctx.state.webhook);
          ctx.body = body;
          ctx.set(headers);
          ctx.status = status;
        });
      }
    }
    app.use(router.routes());
    app.use(async (_ctx, next) => {
      behind?.();
      await next();
    });
    return listen(app.callback());
  },
});
