import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { connect, createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { createReceiver, type WebhookEvent } from '@countersign/core';
import { verifyWebhook, webhook } from '@countersign/hono';
import { github } from '@countersign/providers/github';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { expect, it, vi } from 'vitest';
import { listen } from './listen.ts';

const secret = 'It is a secret to everybody';
const BODY = '{"zen":"Keep it logically awesome."}';

const signedBy = (body: string): RequestInit => ({
  method: 'POST',
  body,
  headers: {
    'content-type': 'application/json',
    'x-github-event': 'ping',
    'x-github-delivery': crypto.randomUUID(),
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  },
});

type Answer = Parameters<typeof getRequestListener>[0];

/** The status of one delivery, served by @hono/node-server. */
async function delivered(answer: Answer, sent = signedBy(BODY)): Promise<number> {
  const { port, close } = await listen(getRequestListener(answer));
  try {
    return (await fetch(`http://127.0.0.1:${port}/`, sent)).status;
  } finally {
    await close();
  }
}

/** A receiver, and the events that it handled. */
function receiving() {
  const events: WebhookEvent[] = [];
  const receiver = createReceiver(github({ secret }), { on: { '*': (event) => void events.push(event) } });
  return { receiver, events };
}

/** Which events of Node's request were listened to while `run` ran. */
async function heard(request: IncomingMessage, run: () => Promise<Response>): Promise<[Response, unknown[]]> {
  const on = vi.spyOn(request, 'on');
  const response = await run();
  return [response, on.mock.calls.map(([name]) => name)];
}

const textOf = ({ body }: WebhookEvent): string => new TextDecoder().decode(body);

it.each(['with', 'without'])(
  'a body is read off the request of Node that a Request shows, %s env',
  async (way) => {
    const { receiver, events } = receiving();
    let names: unknown[] = ['never asked'];
    const status = await delivered(async (request, env) => {
      const { incoming } = env as { incoming: IncomingMessage };
      const [response, listened] = await heard(incoming, () =>
        way === 'with' ? receiver.fetch(request, env) : receiver.fetch(request),
      );
      names = listened;
      return response;
    });
    expect([status, events.map(textOf), names]).toEqual([200, [BODY], []]);
  },
);

it('and not of one that was made of it, which has a body of its own', async () => {
  const { receiver, events } = receiving();
  const other = '{"zen":"Anything added dilutes everything else."}';
  const status = await delivered((request, env) => {
    const { method, body, headers } = signedBy(other);
    return receiver.fetch(new Request(request, { method, body, headers } as RequestInit), env);
  });
  expect([status, events.map(textOf)]).toEqual([200, [other]]);
});

it('nor of one whose stream somebody has opened', async () => {
  const { receiver, events } = receiving();
  const status = await delivered((request, env) => {
    expect(request.body?.locked).toBe(false);
    return receiver.fetch(request, env);
  });
  expect([status, events.map(textOf)]).toEqual([200, [BODY]]);
});

it('HTTP/2 has its address as it was sent, and its stream left alone', async () => {
  const urls: string[] = [];
  const receiver = createReceiver(
    github({
      secret: ({ url }) => {
        urls.push(url);
        return secret;
      },
    }),
    { on: {} },
  );
  const open = vi.spyOn(Readable, 'toWeb');
  const server = createServer(getRequestListener((request) => receiver.fetch(request)) as never);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    const { headers } = signedBy(BODY);
    const sent = { ':method': 'POST', ':path': '/?a="b"', 'content-length': BODY.length, ...headers };
    const stream = client.request(sent as OutgoingHttpHeaders);
    stream.end(BODY);
    const [answer] = (await once(stream, 'response')) as [IncomingHttpHeaders];
    expect([answer[':status'], urls, open.mock.calls.length]).toEqual([200, ['/?a="b"'], 0]);
  } finally {
    open.mockRestore();
    client.destroy();
    server.close();
  }
});

it('whoever reads it behind the receiver hears that it is gone', async () => {
  const { receiver } = receiving();
  const status = await delivered(async (request, env) => {
    await receiver.fetch(request, env);
    const isThere = await request.text().then(
      () => true,
      () => false,
    );
    return new Response(null, { status: isThere ? 500 : 200 });
  });
  expect(status).toBe(200);
});

/** What workerd makes of a bound service: every property of it is another one. */
const service: object = new Proxy(() => {}, { get: () => service });

it.each(['fetch', 'Hono'])(
  "%s takes nothing that is bound to the name of Node's request for one",
  async (way) => {
    const waiting: unknown[] = [];
    const receiver = createReceiver(github({ secret }), {
      on: { '*': (_, { platform }) => platform.waitUntil?.(Promise.resolve()) },
    });
    const env = { incoming: service };
    const context = {
      waitUntil: (work: unknown) => void waiting.push(work),
      passThroughOnException() {},
      props: {},
    };
    const sent = new Request('https://example.com/', signedBy(BODY));
    const app = new Hono().post('/', webhook(receiver));
    const { status } = await (way === 'Hono'
      ? app.fetch(sent, env, context)
      : receiver.fetch(sent, env, context));
    expect([status, waiting.length]).toEqual([200, 1]);
  },
);

it('Hono has it for the middleware around, in bytes of its own', async () => {
  const { receiver, events } = receiving();
  const seen: unknown[] = [];
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    seen.push(await c.req.text(), (await c.req.arrayBuffer()).byteLength);
  });
  app.post('/', webhook(receiver));
  expect(await delivered(app.fetch)).toBe(200);
  expect(seen).toEqual([BODY, BODY.length]);
  expect(events.map(({ body }) => body.buffer.byteLength)).toEqual([BODY.length]);
});

it('and for the route', async () => {
  const app = new Hono();
  app.post('/', verifyWebhook(createReceiver(github({ secret }))), async (c) => {
    const bytes = await c.req.arrayBuffer();
    return c.text('', bytes.byteLength === BODY.length && (await c.req.text()) === BODY ? 200 : 500);
  });
  expect(await delivered(app.fetch)).toBe(200);
});
