import { verifyWebhook, webhook } from '@countersign/express';
import compression from 'compression';
import express5, { type RequestHandler } from 'express';
import express4 from 'express4';
import methodOverride from 'method-override';
import { always, anyType, type Framework, type MiddlewareFacts, never, pick, types } from './framework.ts';

type Express = typeof express5;

interface Middleware extends MiddlewareFacts {
  readonly use: RequestHandler;
}

const middlewareOf = ({ json, raw, text, urlencoded }: Express): Readonly<Record<string, Middleware>> => ({
  json: { use: json(), takes: types('json'), leaves: 'nothing' },
  'json-verify': {
    use: json({ verify: (request, _response, rawBody) => Object.assign(request, { rawBody }) }),
    takes: types('json'),
    leaves: 'bytes',
  },
  'json-tight': { use: json({ limit: 20 }), takes: types('json'), leaves: 'refusal' },
  raw: { use: raw({ type: '*/*' }), takes: anyType, leaves: 'bytes' },
  'raw-any': { use: raw({ type: () => true }), takes: always, leaves: 'bytes' },
  'raw-tight': { use: raw({ type: () => true, limit: 20 }), takes: always, leaves: 'refusal' },
  text: { use: text(), takes: types('text/plain'), leaves: 'nothing' },
  'text-all': { use: text({ type: '*/*' }), takes: anyType, leaves: 'nothing' },
  urlencoded: { use: urlencoded({ extended: true }), takes: types('form'), leaves: 'nothing' },
  compression: { use: compression({ threshold: 0 }), takes: never, leaves: 'nothing' },
  'method-override': { use: methodOverride(), takes: never, leaves: 'nothing' },
  later: { use: (_request, _response, next) => void setTimeout(next, 2), takes: never, leaves: 'nothing' },
});

function framework(name: string, express: Express): Framework {
  const middleware = middlewareOf(express);
  return {
    name,
    middleware,
    listener({ path, receiver, route, before, behind }) {
      const app = express().set('env', 'test');
      for (const each of pick(middleware, before)) app.use(each);
      app.all(path, route === undefined ? webhook(receiver) : verifyWebhook(receiver));
      for (const each of pick(middleware, behind)) app.use(each);
      // Express 4 does not look at what a route returns.
      app.all(path, (_request, response, next) => {
        route?.(response.locals.webhook).then((text) => response.type('json').send(text), next);
      });
      return app;
    },
  };
}

// The types of two major versions never meet; what the adapter touches is in both.
export const expressFrameworks: readonly Framework[] = [
  framework('express 5', express5),
  framework('express 4', express4 as unknown as Express),
];
