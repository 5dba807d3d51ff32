import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createReceiver,
  defineProvider,
  digest,
  type Handshake,
  hmac,
  memoryStore,
  type OpenEvents,
  type ProviderRecord,
  type PublicUrl,
  reply,
  type Scheme,
  type StandardSchemaV1,
  textResponse,
} from '../src/index.ts';
import { delivery, macOf, request, SECRET } from './support/acme.ts';
import * as support from './support/receiver.ts';

const { fetched } = support;
type Options = support.Options;

/** What hangs here is not waited for. */
const settings = { ...support.settings, timeout: 100 };
const receiverOf = (options: Options = {}) => support.receiverOf({ timeout: 100, ...options });

/** What the application brings along may answer anything, also what a type says it cannot. */
const answering = (value: unknown) => (() => value) as () => never;
const hanging = answering(new Promise(() => {}));

const BODY = '{"type":"ping"}';
const own = hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] });
const record: ProviderRecord<'secret'> = { name: 'own', scheme: own, type: { payload: 'type' } };
const sent = (headers = {}) => {
  const signature = macOf('sha256', SECRET, BODY).toString('hex');
  return request({ body: BODY, headers: { 'x-signature': signature, ...headers } });
};
const receiverFrom = (more: Partial<ProviderRecord<'secret'>>, options: Options = {}) =>
  createReceiver(defineProvider({ ...record, ...more })({ secret: SECRET }), { ...settings, ...options });

const schemeOf = (change: Partial<Scheme<'secret'>>) => receiverFrom({ scheme: { ...own, ...change } });
const verdictOf = (verify: () => never) => schemeOf({ key: () => ({ verify }) });
const handshakeOf = (answer: () => never, stage: Handshake['stage'] = 'request') =>
  receiverFrom({ handshakes: [{ name: 'h', stage, methods: ['POST'], answer }] });
const schemaOf = (validate: () => never): Options => {
  const schema: StandardSchemaV1 = { '~standard': { version: 1, vendor: 'test', validate } };
  return { schemas: { ping: schema } };
};

const misconfigured = { status: 500, body: '{"error":"misconfigured"}' };
const accepted = { status: 200, body: '{"received":true}' };

const unhandled = vi.fn();
beforeEach(() => void process.on('unhandledRejection', unhandled));
afterEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

describe('a signature scheme of your own', () => {
  it.each([undefined, null, '', 'no', 1, [], {}, () => true, Symbol('no')])(
    'lets nothing through by answering %o',
    async (verdict) => {
      expect(await verdictOf(answering(verdict)).handle(sent())).toMatchObject(misconfigured);
      expect(await verdictOf(answering(Promise.resolve(verdict))).handle(sent())).toMatchObject(
        misconfigured,
      );
    },
  );

  it.each<[string, unknown]>([
    ['of another realm', runInNewContext('Promise.resolve(false)')],
    // biome-ignore lint/suspicious/noThenProperty: that is what a promise is
    ['of another library', { then: (resolve: (verdict: boolean) => void) => resolve(false) }],
  ])('is waited for, also with a promise %s', async (_, verdict) => {
    expect(await verdictOf(answering(verdict)).handle(sent())).toMatchObject({ status: 401 });
  });

  it('may hang, and the sender is told', async () => {
    expect(await verdictOf(hanging).handle(sent())).toMatchObject(misconfigured);
    expect(await schemeOf({ content: hanging }).handle(sent())).toMatchObject(misconfigured);
    const payload = { name: 'other', parse: hanging } as const;
    const timed = receiverFrom({ payload, timestamp: { payload: 'time', unit: 's' } });
    expect(await timed.handle(sent())).toMatchObject(misconfigured);
  });

  it('is given a time, and a key that only computes is not: to set one takes longer than some signatures', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    await receiverFrom({}).verify(sent());
    const hashed = digest({ header: 'x-hash', hash: 'sha256', encoding: 'hex', content: ['body', 'secret'] });
    const hash = createHash('sha256').update(BODY).update(SECRET).digest('hex');
    await receiverFrom({ scheme: hashed }).verify(request({ body: BODY, headers: { 'x-hash': hash } }));
    expect(timers).not.toHaveBeenCalled();
    await verdictOf(answering(new Promise((resolve) => setImmediate(resolve, true)))).verify(sent());
    expect(timers).toHaveBeenCalledOnce();
    timers.mockRestore();
  });
});

describe('a handshake', () => {
  it.each(['request', 'body', 'event'] as const)('by %s is not what cannot be sent', async (stage) => {
    const wrong = [
      null,
      'challenge',
      {},
      5,
      { ...textResponse('a'), status: 99 },
      { status: 200, headers: {} },
    ];
    for (const answer of wrong) {
      expect(await handshakeOf(answering(answer), stage).handle(sent())).toMatchObject(misconfigured);
      expect((await handshakeOf(answering(answer), stage).fetch(fetched(sent()))).status).toBe(500);
    }
  });
});

describe.each<[string, (act: () => never) => Options]>([
  ['dedupKey', (dedupKey) => ({ dedupKey })],
  ['tenant', (tenant) => ({ tenant })],
])('%s', (name, options) => {
  it('that answers with a promise makes no two events one', async () => {
    const receiver = receiverOf({ ...options(answering(Promise.resolve('a'))), on: { ping: () => {} } });
    for (let event = 0; event < 2; event++)
      expect(await receiver.handle(delivery())).toMatchObject(misconfigured);
  });

  it.each([Number.NaN, 5, true, false, {}, ['a']])('that answers %o stands for no text', async (value) => {
    expect(await receiverOf(options(answering(value))).handle(delivery())).toMatchObject(misconfigured);
  });

  it('that rejects ends no process', async () => {
    const rejecting = (() => Promise.reject(new Error('no'))) as () => never;
    expect(await receiverOf(options(rejecting)).handle(delivery())).toMatchObject(misconfigured);
  });

  it(`that answers undefined ${name === 'tenant' ? 'is none' : "leaves the provider's own id"}`, async () => {
    const { status } = await receiverOf(options(answering(undefined))).handle(delivery());
    expect(status).toBe(name === 'tenant' ? 500 : 200);
  });
});

describe('once', () => {
  it.each([undefined, 5, {}, Promise.resolve('a')])('takes no item that is no text: %o', async (item) => {
    const work = vi.fn();
    const receiver = receiverOf({ on: { ping: (_, { once }) => once(item as string, work) } });
    expect(await receiver.handle(delivery())).toMatchObject({ status: 500 });
    expect(work).not.toHaveBeenCalled();
  });
});

describe('publicUrl', () => {
  const provider = (publicUrl: PublicUrl) =>
    defineProvider<'secret', OpenEvents, { publicUrl: PublicUrl }>({
      ...record,
      scheme: hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['url', 'body'] }),
    })({ secret: SECRET, publicUrl });

  it.each([undefined, null, 5, {}, Promise.resolve('https://a.test/')])('is no %o', async (url) => {
    const receiver = createReceiver(provider(answering(url)), settings);
    expect(await receiver.handle(sent())).toMatchObject(misconfigured);
  });
});

describe('now', () => {
  it('that answers with a promise that rejects ends no process', async () => {
    const receiver = receiverOf({ now: () => Promise.reject(new Error('no')) as unknown as number });
    expect(await receiver.handle(delivery())).toMatchObject(misconfigured);
  });
});

describe('a schema', () => {
  it.each([undefined, null, '', 'text', 5, {}, [], { issues: 5 }])(
    'refuses and passes nothing by answering %o',
    async (result) => {
      const receiver = receiverOf({ ...schemaOf(answering(result)), on: { ping: () => {} } });
      expect(await receiver.handle(delivery())).toMatchObject(misconfigured);
    },
  );

  it('may hang, and the sender is told', async () => {
    expect(await receiverOf(schemaOf(hanging)).handle(delivery())).toMatchObject(misconfigured);
  });
});

describe('a payload parser', () => {
  it('may hang, and the sender is told', async () => {
    const payload = { name: 'other', parse: hanging } as const;
    expect(await receiverFrom({ payload }).handle(sent())).toMatchObject(misconfigured);
  });

  it('may hang before the signature, too', async () => {
    const scheme = hmac({
      header: 'x-signature',
      hash: 'sha256',
      encoding: 'hex',
      content: ['body', { payload: 'a' }],
    });
    const payload = { name: 'other', parse: hanging } as const;
    expect(await receiverFrom({ scheme, payload }).handle(sent())).toMatchObject(misconfigured);
  });
});

describe('a body decoder', () => {
  const encoded = () => sent({ 'content-encoding': 'own' });

  it.each([null, 'text', 5, {}, Promise.resolve(undefined), new Promise(() => {})])(
    'answers with bytes, not with %o',
    async (decoded) => {
      expect(await receiverFrom({ decoder: answering(decoded) }).handle(encoded())).toMatchObject(
        misconfigured,
      );
    },
  );

  it('does not get around the limit', async () => {
    const decoder = async () => new Uint8Array(settings.limit ?? 0).fill(32);
    expect((await receiverFrom({ decoder }).handle(encoded())).status).toBe(401);
    const larger = async () => new Uint8Array((settings.limit ?? 0) + 1);
    expect((await receiverFrom({ decoder: larger }).handle(encoded())).status).toBe(413);
  });
});

describe('an answer by reply()', () => {
  it.each([
    { status: 99 },
    { status: 'ok' },
    { body: 5 },
    { headers: { 'not a name': 'a' } },
    { headers: null },
  ])('that was changed into %o fails the handler, while it can', async (change) => {
    const receiver = receiverOf({ on: { ping: () => Object.assign(reply({ body: 'a' }), change) } });
    expect(await receiver.handle(delivery())).toMatchObject({
      status: 500,
      body: '{"error":"handler_failed"}',
    });
    expect((await receiver.fetch(fetched(delivery()))).status).toBe(500);
  });

  it('that was kept and is none any more is acknowledged all the same', async () => {
    const kept = { status: 'ok', body: 5 };
    const store = {
      ...memoryStore(),
      claim: async () => ({ status: 'done', outcome: 'ok', response: kept }),
    };
    const receiver = receiverOf({ store: store as never, on: { ping: () => {} } });
    expect(await receiver.handle(delivery())).toMatchObject(accepted);
    expect((await receiver.fetch(fetched(delivery()))).status).toBe(200);
  });
});

it('a handler that hangs without a store is given up after maxRun', async () => {
  const receiver = receiverOf({ store: false, maxRun: 20, on: { ping: hanging } });
  expect(await receiver.handle(delivery())).toMatchObject({ status: 503, body: '{"error":"retry_later"}' });
});
