import { verifyWebhook, webhook } from '@countersign/hono';
import type { AdapterUnderTest, ParserUnderTest } from '@countersign/testing';
import { Hono, type MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Around, ServeFetch } from './serve-fetch.ts';

interface Parser extends Omit<ParserUnderTest, 'name'> {
  readonly middleware?: MiddlewareHandler;
  readonly around?: Around;
}

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

const reading =
  (read: (request: Parameters<MiddlewareHandler>[0]['req']) => Promise<unknown>): MiddlewareHandler =>
  async (c, next) => {
    await read(c.req);
    await next();
  };

/** Hono 4.0 and 4.1 have none. */
const bodyLimit = await import('hono/body-limit').then(
  (module) => module.bodyLimit,
  () => undefined,
);

/** What a version's `parseBody()` leaves of a form: some read it as bytes, which stay in the cache, and some as a form. */
const probe = new Hono().post('/', async (c) => {
  await c.req.parseBody();
  return c.text(Object.keys(c.req.bodyCache)[0] ?? '');
});
const probed = await probe.request('/', { method: 'POST', body: new URLSearchParams('a=1') });
const isFormKept = (await probed.text()) === 'arrayBuffer';

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
  'c.req.parseBody()': {
    middleware: reading((request) => request.parseBody()),
    takes: [FORM],
    ignores: [JSON_TYPE, undefined],
    leaves: isFormKept ? 'bytes' : 'nothing',
  },
  'c.req.parseBody() of a version that keeps what it made of no form': {
    middleware: async (c, next) => {
      Object.assign(c.req.bodyCache, { parsedBody: {} });
      await next();
    },
    takes: [],
    ignores: [JSON_TYPE, undefined],
    leaves: 'nothing',
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
  ...(bodyLimit && {
    'bodyLimit()': {
      middleware: bodyLimit({ maxSize: 1_000_000 }),
      takes: [JSON_TYPE, undefined],
      ignores: [],
      leaves: 'bytes',
    },
  }),
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

/**
 * Hono, on whatever serves Fetch.
 *
 * @param serve what serves; without a Node request to leave something on, it can have nothing around it
 */
export const honoAdapter = (name: string, serve: ServeFetch): AdapterUnderTest => ({
  name,
  settles: 'before-answer',
  address: serve.address,
  parsers: Object.entries(parsers)
    .filter(([, { around }]) => around === undefined || serve.isNode)
    .map(([parser, { middleware: _, around: __, ...facts }]) => ({ name: parser, ...facts })),
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
          const code = status as ContentfulStatusCode;
          return body === '' ? c.body(null, code, headers) : c.body(body, code, headers);
        });
      }
    }
    app.route(prefix, router);
    app.use(async (_c, next) => {
      behind?.();
      await next();
    });
    return serve.listen(app.fetch, before?.around);
  },
});
