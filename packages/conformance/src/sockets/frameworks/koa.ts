import { buffer } from 'node:stream/consumers';
import { verifyWebhook, webhook } from '@countersign/koa';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa3, { type Middleware as KoaMiddleware } from 'koa';
import { koaBody } from 'koa-body';
import oldBodyParser from 'koa-bodyparser';
import compress from 'koa-compress';
import Koa2 from 'koa2';
import { always, type Framework, type MiddlewareFacts, never, pick, types } from './framework.ts';

interface Middleware extends MiddlewareFacts {
  readonly use: KoaMiddleware;
}

const middleware: Readonly<Record<string, Middleware>> = {
  bodyparser: {
    use: bodyParser(),
    takes: types('json', 'form'),
    leaves: 'nothing',
    stumbles: 'over others',
    marks: true,
    minds: true,
  },
  'bodyparser-text': {
    use: bodyParser({ enableTypes: ['text'] }),
    takes: types('text/plain'),
    leaves: 'nothing',
    stumbles: 'over others',
    marks: true,
    minds: true,
  },
  'bodyparser-tight': {
    use: bodyParser({ jsonLimit: 20, formLimit: 20 }),
    takes: types('json', 'form'),
    leaves: 'refusal',
    stumbles: 'over others',
    marks: true,
    minds: true,
  },
  'koa-bodyparser': {
    use: oldBodyParser() as unknown as KoaMiddleware,
    takes: types('json', 'form'),
    leaves: 'nothing',
    stumbles: 'over others',
    marks: true,
    minds: true,
  },
  'koa-body': {
    use: koaBody() as KoaMiddleware,
    takes: types('json', 'form', 'text'),
    leaves: 'nothing',
    stumbles: 'always',
  },
  keep: {
    async use(ctx, next) {
      if (!ctx.req.readableDidRead) Object.assign(ctx.request, { rawBody: await buffer(ctx.req) });
      await next();
    },
    takes: always,
    leaves: 'bytes',
  },
  compress: { use: compress({ threshold: 0 }) as KoaMiddleware, takes: never, leaves: 'nothing' },
  later: {
    async use(_ctx, next) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      await next();
    },
    takes: never,
    leaves: 'nothing',
  },
};

const framework = (name: string, Application: typeof Koa3): Framework => ({
  name,
  middleware,
  listener({ path, receiver, route, before, behind }) {
    const app = new Application();
    app.silent = true;
    for (const each of pick(middleware, before)) app.use(each);
    const router = new Router();
    if (route === undefined) router.all(path, webhook(receiver));
    else {
      router.all(path, verifyWebhook(receiver), ...pick(middleware, behind), async (ctx) => {
        ctx.body = await route(ctx.state.webhook);
        ctx.type = 'json';
      });
    }
    app.use(router.routes());
    return app.callback();
  },
});

// The types of two major versions never meet; what the adapter touches is in both.
export const koaFrameworks: readonly Framework[] = [
  framework('koa 3', Koa3),
  framework('koa 2', Koa2 as unknown as typeof Koa3),
];
