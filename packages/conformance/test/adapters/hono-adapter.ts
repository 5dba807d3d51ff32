import { buffer } from 'node:stream/consumers';
import { verifyWebhook, webhook } from '@countersign/hono';
import { type AdapterUnderTest, adapterSuite, type ParserUnderTest } from '@countersign/testing';
import { getRequestListener } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { describe, test } from 'vitest';
import { listen } from './listen.ts';

interface Parser extends Omit<ParserUnderTest, 'name'> {
  readonly middleware?: MiddlewareHandler;
  /** What a platform or a framework around Hono leaves on Node's request. */
  readonly around?: (body: Buffer) => object;
}

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

const reading =
  (read: (request: Parameters<MiddlewareHandler>[0]['req']) => Promise<unknown>): MiddlewareHandler =>
  async (c, next) => {
    await read(c.req);
    await next();
  };

/** Hono has no parsers; it has middleware that reads, and a cache of what was read. */
const parsers: Readonly<Record<string, Parser>> = {
  'c.req.json()': {
    middleware: reading((request) => request.json()),
    takes: [JSON_TYPE],
    ignores: [],
    leaves: 'nothing',
    blamed: 'c.req.json',
  },
  'c.req.text()': {
    middleware: reading((request) => request.text()),
    takes: [JSON_TYPE, undefined],
    ignores: [],
    leaves: 'nothing',
    blamed: 'c.req.text',
  },
  'c.req.formData()': {
    middleware: reading((request) => request.formData()),
    takes: [FORM],
    ignores: [],
    leaves: 'nothing',
    blamed: 'c.req',
  },
  // Reads an ArrayBuffer, which stays in the cache.
  'c.req.parseBody()': {
    middleware: reading((request) => request.parseBody()),
    takes: [FORM],
    ignores: [JSON_TYPE, undefined],
    leaves: 'bytes',
  },
  'c.req.arrayBuffer()': {
    middleware: reading((request) => request.arrayBuffer()),
    takes: [JSON_TYPE, undefined],
    ignores: [],
    leaves: 'bytes',
  },
  'c.req.arrayBuffer(), then c.req.json()': {
    middleware: reading(async (request) => [
      await request.arrayBuffer(),
      await request.json().catch(() => {}),
    ]),
    takes: [JSON_TYPE],
    ignores: [],
    leaves: 'bytes',
  },
  'c.req.raw.text()': {
    middleware: reading((request) => request.raw.text()),
    takes: [JSON_TYPE, undefined],
    ignores: [],
    leaves: 'nothing',
    blamed: 'c.req.raw',
  },
  'c.req.raw.clone()': {
    middleware: reading((request) => request.raw.clone().text()),
    takes: [JSON_TYPE, undefined],
    ignores: [],
    leaves: 'bytes',
  },
  'bodyLimit()': {
    middleware: bodyLimit({ maxSize: 1_000_000 }),
    takes: [JSON_TYPE, undefined],
    ignores: [],
    leaves: 'bytes',
  },
  'a platform that keeps a Buffer in rawBody': {
    around: (rawBody) => ({ rawBody, body: {} }),
    takes: [JSON_TYPE, undefined],
    ignores: [],
    leaves: 'bytes',
  },
  'express.json() around Hono': {
    around: () => ({ body: {} }),
    takes: [JSON_TYPE],
    ignores: [],
    leaves: 'nothing',
  },
};

const adapter: AdapterUnderTest = {
  name: 'hono on node',
  settles: 'before-answer',
  parsers: Object.entries(parsers).map(([parser, facts]) => ({ name: parser, ...facts })),
  async serve({ parser, prefix = '/', routes, behind }) {
    const app = new Hono();
    app.onError((_error, c) => c.text('broken', 500));
    const before = parser === undefined ? undefined : parsers[parser];
    if (before?.middleware) app.use(before.middleware);
    const router = new Hono();
    for (const { path, receiver, answer } of routes) {
      if (answer === undefined) router.all(path, webhook(receiver));
      else {
        router.all(path, verifyWebhook(receiver), async (c) => {
          const { status, body, headers = {} } = await answer(c.var.webhook);
          return c.body(body, status as ContentfulStatusCode, headers);
        });
      }
    }
    app.route(prefix, router);
    app.use(async (_c, next) => {
      behind?.();
      await next();
    });
    const answerTo = getRequestListener(app.fetch);
    return listen(async (request, response) => {
      if (before?.around) Object.assign(request, before.around(await buffer(request)));
      await answerTo(request, response);
    });
  },
};

describe(adapter.name, () => {
  for (const { name, run } of adapterSuite(adapter)) test(name, run);
});
