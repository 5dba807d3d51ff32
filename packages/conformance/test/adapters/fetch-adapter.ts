import { assertMount, type Receiver, toFetchResponse, type WebhookRequest } from '@countersign/core';
import type { AdapterUnderTest, ParserUnderTest, RouteAnswer, RouteUnderTest } from '@countersign/testing';
import type { ServeFetch } from './serve-fetch.ts';

interface Parser extends Omit<ParserUnderTest, 'name'> {
  readonly read: (request: Request) => unknown;
}

const JSON_TYPE = 'application/json';

/** What somebody does to a Request before he hands it over. */
const parsers: Readonly<Record<string, Parser>> = {
  'request.text()': {
    read: (request) => request.text(),
    takes: [JSON_TYPE, undefined],
    ignores: [],
    leaves: 'nothing',
  },
  'request.body.getReader()': {
    read: (request) => request.body?.getReader(),
    takes: [JSON_TYPE],
    ignores: [],
    leaves: 'nothing',
  },
  'request.clone().text()': {
    read: (request) => request.clone().text(),
    takes: [JSON_TYPE, undefined],
    ignores: [],
    leaves: 'bytes',
  },
};

const responseOf = ({ status, headers = {}, body }: RouteAnswer): Response =>
  new Response(body || null, { status, headers });

/** A route of one's own, where there is no framework. */
const answering =
  (receiver: Receiver, answer: NonNullable<RouteUnderTest['answer']>) =>
  async (request: Request): Promise<Response> => {
    const { event, response, settle } = await receiver.open(request as unknown as WebhookRequest);
    if (response) return toFetchResponse(response);
    const answered = await Promise.resolve(event)
      .then(answer)
      .then(responseOf, () => undefined);
    const instead = await settle(answered !== undefined && answered.status < 400);
    return instead ? toFetchResponse(instead) : (answered ?? new Response('broken', { status: 500 }));
  };

function handlerOf({ receiver, answer }: RouteUnderTest): (request: Request) => Promise<Response> {
  assertMount(receiver, answer ? 'verifyWebhook' : 'webhook');
  return answer ? answering(receiver, answer) : receiver.fetch;
}

/** `receiver.fetch`, on whatever serves Fetch. */
export const fetchAdapter = (name: string, serve: ServeFetch): AdapterUnderTest => ({
  name,
  settles: 'before-answer',
  address: serve.address,
  parsers: Object.entries(parsers).map(([parser, { read: _, ...facts }]) => ({ name: parser, ...facts })),
  async serve({ parser = '', prefix = '', routes, behind }) {
    const handlers = new Map(routes.map((route) => [prefix + route.path, handlerOf(route)]));
    return serve.listen(async (request) => {
      const handler = handlers.get(new URL(request.url).pathname);
      if (handler === undefined) {
        behind?.();
        return new Response('nothing here', { status: 404 });
      }
      await parsers[parser]?.read(request);
      return handler(request);
    });
  },
});
