import { describe, expect, it } from 'vitest';
import {
  createReceiver,
  defineProvider,
  type HandlerContext,
  hmac,
  type Platform,
  type ReceiverOptions,
  reply,
} from '../src/index.ts';
import { delivery, macOf, SECRET } from './support/acme.ts';
import { fetched, receiverOf, settings } from './support/receiver.ts';

/** A platform whose `waitUntil` needs its `this`, as Workers' does. */
class Context {
  readonly works: Promise<unknown>[] = [];
  waitUntil(work: Promise<unknown>): void {
    if (!(this instanceof Context)) throw new TypeError('Illegal invocation');
    this.works.push(work);
  }
}

const env = { KV: 1 };

describe('fetch()', () => {
  it('takes a Request and gives a Response', async () => {
    const response = await receiverOf().fetch(fetched(delivery()));
    expect(response).toBeInstanceOf(Response);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(await response.json()).toEqual({ received: true });
  });

  it('is a method that stands alone', async () => {
    const { fetch } = receiverOf();
    expect((await fetch(fetched(delivery()))).status).toBe(200);
  });

  it.each([undefined, null])(
    'rejects for nothing, not even for %s in the place of a Request',
    async (none) => {
      const { status } = await receiverOf().fetch(none as unknown as Request);
      expect(status).toBe(500);
    },
  );

  it('takes a body of bytes that are not text', async () => {
    const body = new Uint8Array([0x22, 0xff, 0x00, 0xfe, 0x22]);
    const bytes: number[] = [];
    const scheme = hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] });
    const provider = defineProvider({
      name: 'bytes',
      scheme,
      payload: { name: 'other', parse: (body) => body },
    })({ secret: SECRET });
    const receiver = createReceiver(provider, {
      ...settings,
      on: { '*': (event) => void bytes.push(...event.body) },
    });
    const headers = { 'x-signature': macOf('sha256', SECRET, body).toString('hex') };
    expect((await receiver.fetch(new Request('http://a/', { method: 'POST', headers, body }))).status).toBe(
      200,
    );
    expect(bytes).toEqual([...body]);
  });

  it.each([
    ['204, as the record says', { status: 204 }],
    ['202, with nothing in it', { status: 202, body: '' }],
  ])('answers %s, without a body', async (_, acknowledge) => {
    const scheme = hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] });
    const receiver = createReceiver(
      defineProvider({ name: 'empty', scheme, acknowledge })({ secret: SECRET }),
      settings,
    );
    const headers = { 'x-signature': macOf('sha256', SECRET, '{}').toString('hex') };
    const response = await receiver.fetch(new Request('http://a/', { method: 'POST', headers, body: '{}' }));
    expect(response.status).toBe(acknowledge.status);
    expect(response.body).toBeNull();
  });

  it('answers 204 for a reply without content', async () => {
    const response = await receiverOf({ on: { ping: () => reply({ status: 204 }) } }).fetch(
      fetched(delivery()),
    );
    expect([response.status, response.body]).toEqual([204, null]);
  });

  it.each([
    ['GET', 405],
    ['HEAD', 405],
    ['DELETE', 405],
  ])('answers %s with %i, and says what it allows', async (method, status) => {
    const response = await receiverOf().fetch(new Request('http://a/hooks', { method }));
    expect(response.status).toBe(status);
    expect(response.headers.get('allow')).toBe('POST');
  });

  it.each<[string, (sent: Request) => unknown]>([
    ['read', (sent) => sent.text()],
    ['is reading', (sent) => sent.body?.getReader()],
  ])('answers 500 when somebody %s the body', async (_, read) => {
    const sent = fetched(delivery());
    await read(sent);
    const response = await receiverOf().fetch(sent);
    expect([response.status, await response.text()]).toEqual([500, '{"error":"misconfigured"}']);
  });
});

describe('what the platform passes', () => {
  const cases: [string, (context: Context) => unknown[], unknown][] = [
    ['(env, ctx), as Workers do', (context) => [env, context], env],
    ['(ctx) alone', (context) => [context], undefined],
    ['(undefined, ctx)', (context) => [undefined, context], undefined],
    ['(null, ctx)', (context) => [null, context], null],
    ['three things', (context) => [env, 'region', context], env],
  ];

  it.each(cases)('reaches the handler: %s', async (_, passed, wanted) => {
    const context = new Context();
    const seen: HandlerContext[] = [];
    const receiver = receiverOf({ on: { ping: (_event, handling) => void seen.push(handling) } });
    await receiver.fetch(fetched(delivery()), ...passed(context));
    expect(seen[0]?.platform.env).toBe(wanted === undefined ? passed(context)[0] : wanted);
    const work = Promise.resolve();
    seen[0]?.platform.waitUntil?.(work);
    expect(context.works).toContain(work);
  });

  it.each<[string, unknown[]]>([
    ['nothing', []],
    ['env alone', [env]],
    ['a connection, as Bun and Deno do', [{ remoteAddr: { hostname: '::1' } }]],
    ['texts', ['a', 5, null]],
  ])('may be without waitUntil: %s', async (_, passed) => {
    expect((await receiverOf().fetch(fetched(delivery()), ...passed)).status).toBe(200);
  });
});

describe('waitUntil', () => {
  /** A hook that takes its time. */
  function slow() {
    const done: string[] = [];
    let finish = () => {};
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const hook = (name: string) => async () => {
      await gate;
      done.push(name);
    };
    return { done, finish: () => finish(), hook };
  }

  it('is given the hooks, which the answer does not wait for', async () => {
    const { done, finish, hook } = slow();
    const context = new Context();
    const receiver = receiverOf({ hooks: { onAccepted: hook('accepted') } });
    expect((await receiver.fetch(fetched(delivery()), env, context)).status).toBe(200);
    expect(done).toEqual([]);
    finish();
    await Promise.all(context.works);
    expect(done).toEqual(['accepted']);
  });

  it('is never given the handling, which the answer waits for', async () => {
    const context = new Context();
    const works: number[] = [];
    const ping = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      works.push(context.works.length);
    };
    await receiverOf({ on: { ping } }).fetch(fetched(delivery()), env, context);
    expect(works).toEqual([0]);
  });

  it('never waits on a hook that throws', async () => {
    const context = new Context();
    const hooks: ReceiverOptions['hooks'] = { onAccepted: () => Promise.reject(new Error('no')) };
    await receiverOf({ hooks }).fetch(fetched(delivery()), env, context);
    await expect(Promise.all(context.works)).resolves.toBeDefined();
  });

  it.each<[string, (receiver: ReturnType<typeof receiverOf>, platform: Platform) => Promise<unknown>]>([
    ['receive()', (receiver, platform) => receiver.receive(delivery(), platform)],
    ['handle()', (receiver, platform) => receiver.handle(delivery(), platform)],
    ['open()', async (receiver, platform) => (await receiver.open(delivery(), platform)).settle?.(true)],
  ])('may be a method of the platform given to %s', async (_, run) => {
    const { done, finish, hook } = slow();
    const context = new Context();
    await run(receiverOf({ hooks: { onAccepted: hook('accepted') } }), context);
    finish();
    await Promise.all(context.works);
    expect(context.works.length).toBeGreaterThan(0);
    expect(done).toEqual(['accepted']);
  });
});
