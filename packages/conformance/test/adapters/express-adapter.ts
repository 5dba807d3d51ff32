import { verifyWebhook, webhook } from '@countersign/express';
import type { AdapterUnderTest, ParserUnderTest } from '@countersign/testing';
import type express from 'express';
import type { RequestHandler } from 'express';
import { listen } from './listen.ts';

type Express = typeof express;
interface Parser extends Omit<ParserUnderTest, 'name'> {
  readonly middleware: (express: Express) => RequestHandler;
}

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

const parsers: Readonly<Record<string, Parser>> = {
  'express.json()': {
    middleware: ({ json }) => json(),
    takes: [JSON_TYPE, 'application/json; charset=utf-8'],
    ignores: ['application/vnd.acme+json', FORM, 'text/plain', undefined],
    leaves: 'nothing',
    blamed: 'express.json()',
  },
  'express.json({ verify }) that keeps rawBody': {
    middleware: ({ json }) =>
      json({ verify: (request, _response, rawBody) => Object.assign(request, { rawBody }) }),
    takes: [JSON_TYPE],
    ignores: [FORM, undefined],
    leaves: 'bytes',
  },
  "express.raw({ type: '*/*' })": {
    middleware: ({ raw }) => raw({ type: '*/*' }),
    takes: [JSON_TYPE, 'application/octet-stream'],
    ignores: [undefined],
    leaves: 'bytes',
  },
  'express.raw({ type: () => true })': {
    middleware: ({ raw }) => raw({ type: () => true }),
    takes: [JSON_TYPE, undefined],
    ignores: [],
    leaves: 'bytes',
  },
  'express.text()': {
    middleware: ({ text }) => text(),
    takes: ['text/plain'],
    ignores: [JSON_TYPE, undefined],
    leaves: 'nothing',
    blamed: 'express.text()',
  },
  "express.text({ type: '*/*' })": {
    middleware: ({ text }) => text({ type: '*/*' }),
    takes: [JSON_TYPE],
    ignores: [undefined],
    leaves: 'nothing',
    blamed: 'express.text()',
  },
  'express.urlencoded()': {
    middleware: ({ urlencoded }) => urlencoded({ extended: true }),
    takes: [FORM],
    ignores: [JSON_TYPE, undefined],
    leaves: 'nothing',
    blamed: 'express.urlencoded()',
  },
  'a middleware that sets the encoding': {
    middleware: () => (request, _response, next) => {
      request.setEncoding('utf8');
      next();
    },
    takes: [JSON_TYPE],
    ignores: [],
    leaves: 'nothing',
    blamed: 'setEncoding()',
  },
};

/** Express of either major version: everything the adapter touches is the same in both. */
export const expressAdapter = (name: string, express: Express): AdapterUnderTest => ({
  name,
  settles: 'after-answer',
  parsers: Object.entries(parsers).map(([parser, { middleware: _, ...facts }]) => ({
    name: parser,
    ...facts,
  })),
  async serve({ parser, prefix = '/', routes, behind }) {
    const app = express().set('env', 'test');
    const before = parser === undefined ? undefined : parsers[parser];
    if (before) app.use(before.middleware(express));
    const router = express.Router();
    for (const { path, receiver, answer } of routes) {
      if (answer === undefined) router.all(path, webhook(receiver));
      else {
        router.all(path, verifyWebhook(receiver), (_request, response, next) => {
          // Express 4 does not look at what a route returns.
          Promise.resolve(answer(response.locals.webhook))
            .then(({ status, body, headers = {} }) => response.status(status).set(headers).send(body))
            .catch(next);
        });
      }
    }
    app.use(prefix, router);
    app.use((_request, _response, next) => {
      behind?.();
      next();
    });
    return listen(app);
  },
});
