import { describe, expect, it } from 'vitest';
import { type HandlerContext, reply, type WebhookEvent } from '../src/index.ts';
import { delivery, NOW } from './support/acme.ts';
import { fetched, receiverOf } from './support/receiver.ts';

describe('a handler', () => {
  it('gets the event and its attempt', async () => {
    let seen: [WebhookEvent, HandlerContext] | undefined;
    const receiver = receiverOf({
      on: {
        ping(event, context) {
          seen = [event, context];
        },
      },
    });
    const sent = delivery({ type: 'ping', n: 1 }, { id: 'evt_handled' });
    const platform = { env: { KV: 1 } };
    await receiver.receive(sent, platform);
    const [event, context] = seen ?? expect.fail('no handler ran');
    expect(event).toEqual({
      id: 'evt_handled',
      type: 'ping',
      payload: { type: 'ping', n: 1 },
      provider: 'acme',
      timestamp: new Date(NOW),
      signed: { id: true, type: true, timestamp: true },
      secretId: '0',
      body: sent.body,
    });
    expect(context).toMatchObject({ attempt: 1, takeover: false, fence: 1, platform });
    expect(context.signal.aborted).toBe(false);
    expect(context.once).toBeTypeOf('function');
  });

  it('may take its context apart, or copy it', async () => {
    const copies: HandlerContext[] = [];
    const receiver = receiverOf({
      on: {
        ping(_event, context) {
          const { signal } = context;
          copies.push({ ...context }, Object.assign({}, context));
          expect(copies.map((copy) => copy.signal === signal)).toEqual([true, true]);
        },
      },
    });
    expect(await receiver.receive(delivery({ type: 'ping' }))).toMatchObject({ kind: 'accepted' });
    for (const copy of copies) {
      expect(Object.keys(copy).sort()).toEqual(
        ['attempt', 'fence', 'once', 'platform', 'signal', 'takeover', 'tx'].sort(),
      );
    }
  });

  it.each(['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty'])(
    'may be for %s, and is only then',
    async (type) => {
      const handled: string[] = [];
      const named = receiverOf({ on: { [type]: ({ type: sent }) => void handled.push(sent) } });
      expect(await named.receive(delivery({ type }))).toMatchObject({
        kind: 'accepted',
        handled: true,
      });
      expect(handled).toEqual([type]);
      const other = receiverOf({ on: { ping: () => {} } });
      expect(await other.receive(delivery({ type }))).toMatchObject({ kind: 'accepted', handled: false });
      const rest = receiverOf({ on: { '*': ({ type: sent }) => void handled.push(sent) } });
      await rest.receive(delivery({ type }));
      expect(handled).toEqual([type, type]);
    },
  );

  it('of a name goes before the rest', async () => {
    const handled: string[] = [];
    const receiver = receiverOf({
      on: { '*': () => void handled.push('*'), ping: () => void handled.push('ping') },
    });
    for (const type of ['ping', 'pong', '*']) await receiver.receive(delivery({ type }));
    expect(handled).toEqual(['ping', '*', '*']);
  });

  it('stays what it was when the receiver was made', async () => {
    const handled: string[] = [];
    const on: Record<string, () => void> = { ping: () => void handled.push('first') };
    const receiver = receiverOf({ on });
    on.ping = () => void handled.push('second');
    on.pong = () => void handled.push('second');
    for (const type of ['ping', 'pong']) await receiver.receive(delivery({ type }));
    expect(handled).toEqual(['first']);
  });

  it('is waited for', async () => {
    let done = false;
    const ping = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      done = true;
    };
    await receiverOf({ on: { ping } }).receive(delivery());
    expect(done).toBe(true);
  });

  it.each<[string, unknown, object]>([
    [
      'a reply',
      reply({ status: 201, headers: { 'X-A': 'b' }, body: 'text' }),
      { status: 201, headers: { 'content-type': 'text/plain; charset=utf-8', 'x-a': 'b' }, body: 'text' },
    ],
    [
      'a reply of JSON',
      reply({ body: { a: 1 } }),
      { status: 200, headers: { 'content-type': 'application/json' }, body: '{"a":1}' },
    ],
    ['a reply of null', reply({ body: null }), { body: 'null' }],
    [
      'a reply of its own type',
      reply({ headers: { 'Content-Type': 'text/xml' }, body: '<a/>' }),
      { headers: { 'content-type': 'text/xml' }, body: '<a/>' },
    ],
    ['a reply of nothing', reply(), { status: 200, body: '' }],
    ['a reply without content', reply({ status: 204 }), { status: 204, body: '' }],
    [
      'what looks like a reply',
      { status: 201, headers: {}, body: 'text' },
      { status: 200, body: '{"received":true}' },
    ],
    ['a Response', new Response('text', { status: 201 }), { status: 200, body: '{"received":true}' }],
    ['false', false, { status: 200, body: '{"received":true}' }],
    ['null', null, { status: 200, body: '{"received":true}' }],
  ])('may return %s', async (_, returned, wanted) => {
    expect(await receiverOf({ on: { ping: async () => returned } }).handle(delivery())).toMatchObject(wanted);
  });

  it('may return a reply, which is guarded unless it says otherwise', async () => {
    const guards = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
    const headersOf = async (headers: Record<string, string>) =>
      (await receiverOf({ on: { ping: () => reply({ headers, body: '<a>' }) } }).handle(delivery())).headers;
    expect(await headersOf({})).toEqual({ 'content-type': 'text/plain; charset=utf-8', ...guards });
    expect(await headersOf({ 'Cache-Control': 'max-age=1' })).toMatchObject({ 'cache-control': 'max-age=1' });
  });

  it.each<[string, Parameters<typeof reply>[0]]>([
    ['a status that HTTP does not have', { status: 99 }],
    ['a status that is no answer yet', { status: 100 }],
    ['a status that is no answer', { status: 600 }],
    ['half a status', { status: 200.5 }],
    ['a body where none may be', { status: 204, body: 'text' }],
    ['a body that says nothing changed', { status: 304, body: { a: 1 } }],
    ['a header that breaks the line', { headers: { 'x-a': 'b\r\nx-evil: 1' } }],
    ['a header name with a space', { headers: { 'x a': 'b' } }],
  ])('fails that replies with %s', async (_, answer) => {
    const receiver = receiverOf({ on: { ping: () => reply(answer) } });
    expect(await receiver.receive(delivery())).toMatchObject({ code: 'ERR_WEBHOOK_HANDLER_FAILED' });
    const sent = delivery();
    const response = await receiver.fetch(fetched(sent));
    expect(response.status).toBe(500);
  });
});
