import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import {
  createReceiver,
  type DedupStore,
  defineProvider,
  type HandlerContext,
  type Hooks,
  hmac,
  type Logger,
  memoryStore,
  PermanentError,
  type Provider,
  type ReceiverOptions,
  reply,
  type Scheme,
  type StandardSchemaV1,
  token,
  type WebhookEvent,
  type WebhookRequest,
  type WebhookResponse,
} from '../src/index.ts';
import { macOf, request } from './support/acme.ts';

const SECRET = 'a secret of the deduplication tests';
const NOW = 1_700_000_000_000;
const HOUR = 3_600_000;

const scheme = hmac({
  header: 'x-signature',
  hash: 'sha256',
  encoding: 'hex',
  content: ['timestamp', { text: '.' }, 'body'],
});
const timestamp = { header: 'x-timestamp', unit: 's' } as const;
const type = { payload: 'type' } as const;

/** The id stands in a header that no signature covers, as at GitHub and Shopify. */
const header = defineProvider({ name: 'header', scheme, timestamp, type, id: { header: 'x-id' } })({
  secret: SECRET,
});
/** The id stands in the signed body, as at Stripe. */
const payload = defineProvider({ name: 'payload', scheme, timestamp, type, id: { payload: 'id' } })({
  secret: SECRET,
});
/** There is no id. */
const anonymous = defineProvider({ name: 'anonymous', scheme, timestamp, type })({ secret: SECRET });

interface Delivery {
  readonly id?: string | null;
  readonly body?: string;
  readonly at?: number;
  readonly signature?: string;
}

/** Signed here with nothing but Node, not by the code under test. */
function delivery({
  id = 'evt_1',
  body = '{"type":"paid","id":"evt_1"}',
  at = NOW / 1000,
  signature,
}: Delivery = {}) {
  const bytes = Buffer.from(body);
  const signed = createHmac('sha256', SECRET).update(`${at}.`).update(bytes).digest('hex');
  const headers = new Map([
    ['x-signature', signature ?? signed],
    ['x-timestamp', `${at}`],
    ['content-type', 'application/json'],
  ]);
  if (id !== null) headers.set('x-id', id);
  const request: WebhookRequest = {
    method: 'POST',
    url: '/webhooks',
    headers: { get: (name) => headers.get(name) ?? null },
    body: bytes,
  };
  return request;
}

const guards = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

const answer = (status: number, body: object, headers: Record<string, string> = {}): WebhookResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...guards, ...headers },
  body: JSON.stringify(body),
});

const ACCEPTED = answer(200, { received: true });
const DUPLICATE = answer(200, { received: true }, { 'webhook-dedup': 'duplicate' });
const FAILED = answer(500, { error: 'handler_failed' });
const MISCONFIGURED = answer(500, { error: 'misconfigured' });
const retryLater = (seconds: number): WebhookResponse =>
  answer(503, { error: 'retry_later' }, { 'retry-after': `${seconds}` });

const down = async (): Promise<never> => {
  throw new Error('ECONNREFUSED');
};
const never = (): Promise<never> => new Promise(() => {});

/** Work that ends when the test says so. */
function gatekeeper() {
  const [started, opened] = [deferred(), deferred()];
  const work = (): Promise<void> => {
    started.resolve();
    return opened.promise;
  };
  return { work, started: started.promise, open: opened.resolve };
}

function deferred() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** A store on a clock that only the test moves, which writes down the keys it is asked for. */
function clocked(faults: Partial<DedupStore> = {}) {
  const clock = { at: NOW };
  const keys: string[] = [];
  const inner = memoryStore({ now: () => clock.at });
  const asked: DedupStore = { ...inner, ...faults };
  const store: DedupStore = {
    ...asked,
    claim(key, claim, operation) {
      keys.push(key);
      return asked.claim(key, claim, operation);
    },
  };
  return { clock, keys, inner, store };
}

type Options = ReceiverOptions<Record<string, unknown>, Record<never, never>>;

function receiverOf(options: Options = {}, provider: Provider<Record<string, unknown>> = header) {
  return createReceiver(provider, { now: () => NOW, logger: false, ...options });
}

describe('the answers', () => {
  it('to a new delivery: 200', async () => {
    const work = vi.fn();
    const receiver = receiverOf({ on: { paid: work } });
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
    expect(work).toHaveBeenCalledOnce();
    expect(work.mock.calls[0]?.[0]).toMatchObject({ id: 'evt_1', type: 'paid', signed: { id: false } });
  });

  it('to a duplicate of a finished one: 200, marked', async () => {
    const work = vi.fn();
    const receiver = receiverOf({ on: { paid: work } });
    await receiver.handle(delivery());
    for (let again = 0; again < 3; again++) expect(await receiver.handle(delivery())).toEqual(DUPLICATE);
    expect(work).toHaveBeenCalledOnce();
    expect(await receiver.receive(delivery())).toMatchObject({ kind: 'duplicate', event: { id: 'evt_1' } });
  });

  it('to a duplicate of one that nothing handles: the same', async () => {
    const receiver = receiverOf({ on: {} });
    expect(await receiver.receive(delivery())).toMatchObject({ kind: 'accepted', handled: false });
    expect(await receiver.handle(delivery())).toEqual(DUPLICATE);
  });

  it('to a duplicate through fetch: the same, as a Response', async () => {
    const receiver = receiverOf({ on: {} });
    const request = (): Request => {
      const { headers, body } = delivery();
      const names = ['x-id', 'x-signature', 'x-timestamp'];
      return new Request('https://example.com/webhooks', {
        method: 'POST',
        headers: names.map((name): [string, string] => [name, headers.get(name) ?? '']),
        body: Buffer.from(body as Uint8Array),
      });
    };
    expect((await receiver.fetch(request())).headers.has('webhook-dedup')).toBe(false);
    const response = await receiver.fetch(request());
    expect([response.status, response.headers.get('webhook-dedup')]).toEqual([200, 'duplicate']);
    expect(await response.json()).toEqual({ received: true });
  });

  it.each([
    [30_000, 0, 30],
    [30_000, 12_345, 18],
    [30_000, 29_999, 1],
    [120_000, 0, 60],
    [60_001, 0, 60],
    [200, 0, 1],
    [1001, 0, 2],
  ])(
    'to a duplicate in flight: 503, after what is left of the lease (%i - %i ms: %i s)',
    async (lease, waited, seconds) => {
      const { store, clock } = clocked({ extend: async () => true });
      const { open, started, work } = gatekeeper();
      const receiver = receiverOf({ store, lease, on: { paid: work } });
      const first = receiver.handle(delivery());
      await started;
      clock.at += waited;
      expect(await receiver.handle(delivery())).toEqual(retryLater(seconds));
      expect(await receiver.receive(delivery())).toMatchObject({ kind: 'in-flight', retryAfter: seconds });
      open();
      expect(await first).toEqual(ACCEPTED);
      expect(await receiver.handle(delivery())).toEqual(DUPLICATE);
    },
  );

  it.each([
    [0, 1],
    [0.1, 1],
    [HOUR, 60],
  ])(
    'to a duplicate in flight: from 1 s to 60 s, whatever the store says (%d ms: %i s)',
    async (left, seconds) => {
      const { store } = clocked({ claim: async () => ({ status: 'busy', retryAfterMs: left }) });
      expect(await receiverOf({ store, on: {} }).handle(delivery())).toEqual(retryLater(seconds));
    },
  );

  it('to a duplicate that waits for the first: 200 when it ends, or its own turn when it fails', async () => {
    for (const isGood of [true, false]) {
      const { open, started, work } = gatekeeper();
      const attempts: number[] = [];
      const receiver = receiverOf({
        inFlight: { waitMs: 15_000 },
        on: {
          async paid(_event, { attempt }) {
            attempts.push(attempt);
            if (attempt > 1) return;
            await work();
            if (!isGood) throw new Error('no');
          },
        },
      });
      const first = receiver.handle(delivery());
      await started;
      const second = receiver.handle(delivery());
      open();
      expect(await first).toEqual(isGood ? ACCEPTED : FAILED);
      expect(await second).toEqual(isGood ? DUPLICATE : ACCEPTED);
      expect(attempts).toEqual(isGood ? [1] : [1, 2]);
    }
  });

  it('to a delivery whose handler throws: 500, and the next attempt runs', async () => {
    const seen: Pick<HandlerContext, 'attempt' | 'takeover' | 'fence'>[] = [];
    const receiver = receiverOf({
      on: {
        paid(_event, { attempt, takeover, fence }) {
          seen.push({ attempt, takeover, fence });
          if (attempt < 3) throw new Error('not yet');
        },
      },
    });
    const answers = [];
    for (let each = 0; each < 4; each++) answers.push(await receiver.handle(delivery()));
    expect(answers).toEqual([FAILED, FAILED, ACCEPTED, DUPLICATE]);
    expect(seen).toEqual([1, 2, 3].map((attempt) => ({ attempt, takeover: false, fence: attempt })));
  });

  it('to an event given up for good: 200, and 200 again without another run', async () => {
    const { store, inner } = clocked();
    const cause = new PermanentError('no such order');
    const work = vi.fn(() => Promise.reject(cause));
    const receiver = receiverOf({ store, on: { paid: work } });
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
    expect(await receiver.handle(delivery())).toEqual(DUPLICATE);
    expect(work).toHaveBeenCalledOnce();
    const record = await inner.claim('v1|header|header||evt_1', { token: 't', leaseMs: 1, retentionMs: 1 });
    expect(record).toMatchObject({ status: 'done', outcome: 'rejected' });
  });

  it('while the store is away: 503 after 10 s, and nothing ran', async () => {
    const work = vi.fn();
    const { store } = clocked({ claim: down, release: down });
    const receiver = receiverOf({ store, on: { paid: work } });
    expect(await receiver.handle(delivery())).toEqual(retryLater(10));
    expect(await receiver.receive(delivery())).toMatchObject({
      kind: 'failed',
      code: 'ERR_WEBHOOK_STORE_UNAVAILABLE',
      event: { id: 'evt_1' },
    });
    expect(work).not.toHaveBeenCalled();
  });

  it('while the store hangs: the same, in a second or so', async () => {
    const { store } = clocked({ claim: never, release: never });
    expect(await receiverOf({ store, on: {} }).handle(delivery())).toEqual(retryLater(10));
  });

  it(`while the store is away, with onStoreError 'process': 200, after it ran`, async () => {
    const work = vi.fn();
    const { store } = clocked({ claim: down, release: down });
    const receiver = receiverOf({ store, onStoreError: 'process', on: { paid: work } });
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('when the store is full of live claims: 503', async () => {
    const { open, started, work } = gatekeeper();
    const receiver = receiverOf({ store: memoryStore({ maxEntries: 1 }), on: { paid: work } });
    const first = receiver.handle(delivery());
    await started;
    expect(await receiver.handle(delivery({ id: 'evt_2' }))).toEqual(retryLater(10));
    open();
    expect(await first).toEqual(ACCEPTED);
  });

  it('when what was done cannot be recorded: 200 all the same', async () => {
    const { store } = clocked({ complete: down });
    expect(await receiverOf({ store, on: { paid() {} } }).handle(delivery())).toEqual(ACCEPTED);
  });

  it('when a failure cannot be recorded: 500', async () => {
    const { store } = clocked({ release: down });
    const receiver = receiverOf({ store, on: { paid: () => Promise.reject(new Error('no')) } });
    expect(await receiver.handle(delivery())).toEqual(FAILED);
  });

  it('when another attempt took over: 503 after 1 s', async () => {
    const { store, inner, keys } = clocked();
    const receiver = receiverOf({
      store,
      on: {
        async paid() {
          await inner.forget?.(keys[0] ?? '');
          await inner.claim(keys[0] ?? '', { token: 'other', leaseMs: HOUR, retentionMs: HOUR });
        },
      },
    });
    const outcome = await receiver.receive(delivery());
    expect(outcome).toMatchObject({ kind: 'failed', code: 'ERR_WEBHOOK_LEASE_LOST', event: { id: 'evt_1' } });
    await inner.forget?.(keys[0] ?? '');
    expect(await receiver.handle(delivery())).toEqual(retryLater(1));
  });

  it('when a handler never ends: 503 after 1 s, its signal aborted, and its claim kept for the lease', async () => {
    const { store, clock } = clocked();
    const signals: AbortSignal[] = [];
    const receiver = receiverOf({
      store,
      maxRun: 40,
      lease: 30_000,
      on: {
        paid(_event, { signal, attempt }) {
          signals.push(signal);
          return attempt === 1 ? never() : undefined;
        },
      },
    });
    expect(await receiver.handle(delivery())).toEqual(retryLater(1));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(await receiver.handle(delivery())).toEqual(retryLater(30));
    clock.at += 30_000;
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
    expect(signals).toHaveLength(2);
  });

  it('when the provider wants another acknowledgement: that one, marked where it is a duplicate', async () => {
    const quiet = defineProvider({
      name: 'quiet',
      scheme,
      timestamp,
      id: { header: 'x-id' },
      acknowledge: { status: 204 },
    });
    const receiver = receiverOf({ on: {} }, quiet({ secret: SECRET }));
    expect(await receiver.handle(delivery())).toEqual({ status: 204, headers: guards, body: '' });
    expect(await receiver.handle(delivery())).toEqual({
      status: 204,
      headers: { ...guards, 'webhook-dedup': 'duplicate' },
      body: '',
    });
  });

  it('to a forged delivery: 401, and the store is not asked', async () => {
    const { store, keys } = clocked();
    const receiver = receiverOf({ store, on: {} });
    const forged = delivery({ signature: '0'.repeat(64) });
    expect(await receiver.handle(forged)).toEqual(answer(401, { error: 'signature_invalid' }));
    expect(keys).toEqual([]);
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
  });

  it('to 32 deliveries of one event at once: one runs, the others are sent away or told that it is done', async () => {
    const work = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 20)));
    const receiver = receiverOf({ on: { paid: work } });
    const answers = await Promise.all(Array.from({ length: 32 }, () => receiver.handle(delivery())));
    expect(work).toHaveBeenCalledOnce();
    const others = answers.filter((each) => JSON.stringify(each) !== JSON.stringify(ACCEPTED));
    expect(others).toHaveLength(31);
    for (const { status, headers } of others) {
      expect([status, status === 503 ? 'retry-after' in headers : headers['webhook-dedup']]).toEqual(
        status === 503 ? [503, true] : [200, 'duplicate'],
      );
    }
  });
});

describe('the key', () => {
  async function keyOf(options: Options, provider = header, sent = delivery()): Promise<string | undefined> {
    const { store, keys } = clocked();
    await receiverOf({ ...options, store, on: {} }, provider).handle(sent);
    return keys[0];
  }

  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

  it.each<[string, Options, string]>([
    ['the provider stands for the endpoint', {}, 'v1|header|header||evt_1'],
    ['the endpoint has a name', { name: 'orders' }, 'v1|header|orders||evt_1'],
    ['the endpoint has an awkward name', { name: 'a|b' }, 'v1|header|a%7Cb||evt_1'],
    ['the endpoint is called __proto__', { name: '__proto__' }, 'v1|header|__proto__||evt_1'],
    ['there is one tenant', { tenant: 'shop-7' }, 'v1|header|header|shop-7|evt_1'],
    [
      'the tenant stands in the event',
      { tenant: ({ type: of }) => `${of}/1` },
      'v1|header|header|paid%2F1|evt_1',
    ],
    [
      'the id is one of our own',
      { dedupKey: ({ id, type: of }) => `${id}:${of}` },
      'v1|header|header||evt_1%3Apaid',
    ],
    ['the id is not one of our own after all', { dedupKey: () => undefined }, 'v1|header|header||evt_1'],
  ])('%s', async (_what, options, key) => {
    expect(await keyOf(options)).toBe(key);
  });

  it('takes the id out of the payload, where the provider has it there', async () => {
    const body = '{"type":"paid","id":"evt_7"}';
    expect(await keyOf({}, payload, delivery({ id: null, body }))).toBe('v1|payload|payload||evt_7');
  });

  it.each([
    ['the provider sends none', anonymous, delivery({ body: '{}' })],
    ['the header is missing', header, delivery({ id: null, body: '{}' })],
    ['the header is empty', header, delivery({ id: '', body: '{}' })],
    ['the payload has none', payload, delivery({ body: '{}' })],
    ['the payload has an empty one', payload, delivery({ body: '{"id":""}' })],
    ['the payload has something else there', payload, delivery({ body: '{"id":{"a":1}}' })],
  ])('is the digest of what was signed where there is no id: %s', async (_what, provider, sent) => {
    const text = Buffer.from(sent.body as Uint8Array).toString();
    const key = `v1|${provider.name}|${provider.name}||content:${digest(`${NOW / 1000}.${text}`)}`;
    expect(await keyOf({}, provider, sent)).toBe(key);
  });

  it('lets no event pass for another because neither has an id', async () => {
    for (const id of [null, '']) {
      const work = vi.fn();
      const receiver = receiverOf({ on: { '*': work } });
      for (const body of ['{"n":1}', '{"n":2}'])
        expect(await receiver.handle(delivery({ id, body }))).toEqual(ACCEPTED);
      expect(await receiver.handle(delivery({ id, body: '{"n":1}' }))).toEqual(DUPLICATE);
      expect(work).toHaveBeenCalledTimes(2);
    }
  });

  it.each<[string, Scheme<'secret'>]>([
    ['a token in a header', token({ header: 'x-token' })],
    [
      'a signature over the time',
      hmac({ header: 'x-token', hash: 'sha256', encoding: 'hex', content: ['timestamp'] }),
    ],
  ])('lets no event pass for another because their bodies are not signed: %s', async (_what, loose) => {
    const bare = defineProvider({ name: 'bare', scheme: loose, timestamp })({ secret: SECRET });
    const signature =
      loose.kind === 'token'
        ? SECRET
        : createHmac('sha256', SECRET)
            .update(`${NOW / 1000}`)
            .digest('hex');
    const send = (body: string): WebhookRequest => {
      const { headers, ...request } = delivery({ id: null, body });
      return { ...request, headers: { get: (name) => (name === 'x-token' ? signature : headers.get(name)) } };
    };
    for (const options of [{}, { replayGuard: 'report' }, { replayGuard: 'reject' }] satisfies Options[]) {
      const work = vi.fn();
      const receiver = receiverOf({ on: { '*': work }, ...options }, bare);
      for (const body of ['{"n":1}', '{"n":2}']) expect(await receiver.handle(send(body))).toEqual(ACCEPTED);
      for (const body of ['{"n":1}', '{"n":2}']) expect(await receiver.handle(send(body))).toEqual(DUPLICATE);
      expect(work).toHaveBeenCalledTimes(2);
    }
  });

  it('lets no event pass for another because a dedupKey of its own is empty', async () => {
    const work = vi.fn();
    const receiver = receiverOf({ on: { '*': work }, dedupKey: () => '' });
    for (const id of ['evt_1', 'evt_2']) expect(await receiver.handle(delivery({ id }))).toEqual(ACCEPTED);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['tenant', { tenant: () => JSON.parse('no tenant') }],
    ['dedupKey', { dedupKey: () => JSON.parse('no key') }],
  ])('cannot be made by a %s that throws: 500, and nothing is claimed', async (_what, options) => {
    const { store, keys } = clocked();
    const work = vi.fn();
    const receiver = receiverOf({ store, on: { paid: work }, ...options });
    expect(await receiver.handle(delivery())).toEqual(MISCONFIGURED);
    expect([keys, work.mock.calls]).toEqual([[], []]);
  });

  it('keeps two endpoints on one store apart', async () => {
    const store = memoryStore();
    const works = [vi.fn(), vi.fn()];
    const receivers = works.map((work, index) =>
      receiverOf({ store, name: `endpoint-${index}`, on: { paid: work } }),
    );
    for (const receiver of receivers) expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
    for (const receiver of receivers) expect(await receiver.handle(delivery())).toEqual(DUPLICATE);
    for (const work of works) expect(work).toHaveBeenCalledOnce();
  });

  it('keeps two tenants apart', async () => {
    const work = vi.fn();
    const tenant = ({ payload: body }: WebhookEvent): string => (body as { shop: string }).shop;
    const receiver = receiverOf({ tenant, on: { '*': work } });
    const shops = ['a', 'b', 'A', '', 'a|b'];
    for (const shop of shops) {
      expect(await receiver.handle(delivery({ body: JSON.stringify({ shop }) }))).toEqual(ACCEPTED);
      expect(await receiver.handle(delivery({ body: JSON.stringify({ shop }) }))).toEqual(DUPLICATE);
    }
    expect(work).toHaveBeenCalledTimes(shops.length);
  });

  it('keeps ids apart that differ by a byte', async () => {
    const work = vi.fn();
    const receiver = receiverOf({ on: { '*': work } }, payload);
    const ids = [
      'a',
      'A',
      'a ',
      '\u00e9',
      'e\u0301',
      'a|b',
      'a%7Cb',
      '\ud800',
      '\udc00',
      '__proto__',
      'x'.repeat(300),
    ];
    for (const id of ids)
      expect(await receiver.handle(delivery({ body: JSON.stringify({ id }) }))).toEqual(ACCEPTED);
    for (const id of ids)
      expect(await receiver.handle(delivery({ body: JSON.stringify({ id }) }))).toEqual(DUPLICATE);
    expect(work).toHaveBeenCalledTimes(ids.length);
  });
});

describe('a name on a store', () => {
  const taken = expect.objectContaining({ name: 'TypeError', code: 'ERR_WEBHOOK_CONFIG_NAME_TAKEN' });

  it('belongs to one receiver', () => {
    const store = memoryStore();
    receiverOf({ store });
    expect(() => receiverOf({ store })).toThrow(taken);
    expect(() => receiverOf({ store, name: 'header' })).toThrow(/"header".*another `name`/);
    receiverOf({ store, name: 'other' });
    expect(() => receiverOf({ store, name: 'other' }, payload)).toThrow(taken);
    receiverOf({ store }, payload);
  });

  it('is free on another store, and where there is no store', () => {
    for (const store of [memoryStore(), memoryStore(), undefined, undefined, false, false] as const) {
      expect(() => receiverOf(store === undefined ? {} : { store })).not.toThrow();
    }
  });

  it.each<[string, object]>([
    ['a lease that is none', { lease: -1 }],
    ['a handler that is none', { on: { paid: 'fulfil' } }],
  ])('is not taken by a receiver that could not be made: %s', (_what, wrong) => {
    const store = memoryStore();
    expect(() => receiverOf({ store, ...wrong })).toThrow(
      expect.objectContaining({ code: 'ERR_WEBHOOK_CONFIG_OPTION' }),
    );
    expect(() => receiverOf({ store })).not.toThrow();
  });
});

describe('an id that is not signed', () => {
  const replay = (): WebhookRequest => delivery({ id: 'made-up' });

  function guarded(replayGuard: 'report' | 'reject' | undefined, options: Options = {}, provider = header) {
    const onReplay = vi.fn();
    const work = vi.fn();
    const receiver = receiverOf(
      { on: { paid: work }, hooks: { onReplay }, ...(replayGuard && { replayGuard }), ...options },
      provider,
    );
    return { receiver, work, onReplay };
  }

  it('is taken as it is by default', async () => {
    const { receiver, work, onReplay } = guarded(undefined);
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
    expect(await receiver.handle(replay())).toEqual(ACCEPTED);
    expect(work).toHaveBeenCalledTimes(2);
    expect(onReplay).not.toHaveBeenCalled();
  });

  it(`with replayGuard 'report': a replay runs, and is reported`, async () => {
    const { receiver, work, onReplay } = guarded('report');
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
    expect(onReplay).not.toHaveBeenCalled();
    expect(await receiver.handle(replay())).toEqual(ACCEPTED);
    expect(work).toHaveBeenCalledTimes(2);
    expect(onReplay).toHaveBeenCalledOnce();
    expect(onReplay.mock.calls[0]?.[0]).toMatchObject({ id: 'made-up' });
    expect(await receiver.handle(replay())).toEqual(DUPLICATE);
  });

  it(`with replayGuard 'reject': a replay is a duplicate, and is reported`, async () => {
    const { receiver, work, onReplay } = guarded('reject');
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
    for (const id of ['made-up', 'made-up', 'another']) {
      expect(await receiver.handle(delivery({ id }))).toEqual(DUPLICATE);
    }
    expect(work).toHaveBeenCalledOnce();
    expect(onReplay).toHaveBeenCalledTimes(3);
  });

  it('is no replay when it comes again itself', async () => {
    const { receiver, onReplay } = guarded('reject');
    await receiver.handle(delivery());
    expect(await receiver.handle(delivery())).toEqual(DUPLICATE);
    expect(onReplay).not.toHaveBeenCalled();
  });

  it('is no replay when its content is another', async () => {
    const { receiver, work } = guarded('reject');
    const others = [
      delivery({ id: '2', body: '{"type":"paid"}' }),
      delivery({ id: '3', at: NOW / 1000 - 1 }),
    ];
    for (const request of [delivery(), ...others]) expect(await receiver.handle(request)).toEqual(ACCEPTED);
    expect(work).toHaveBeenCalledTimes(3);
  });

  it.each(['report', 'reject'] as const)(
    'runs again after a failure, under its own id or another (%s)',
    async (replayGuard) => {
      const attempts: number[] = [];
      const paid = (_event: WebhookEvent, { attempt }: HandlerContext): void => {
        attempts.push(attempt);
        if (attempts.length < 3) throw new Error('not yet');
      };
      const { receiver, onReplay } = guarded(replayGuard, { on: { paid } });
      const answers = [];
      for (const id of ['evt_1', 'evt_1', 'evt_2']) answers.push(await receiver.handle(delivery({ id })));
      expect(answers).toEqual([FAILED, FAILED, ACCEPTED]);
      expect(attempts).toEqual([1, 2, 1]);
      expect(onReplay).not.toHaveBeenCalled();
    },
  );

  it(`with replayGuard 'reject': waits while its content is being handled`, async () => {
    const { open, started, work } = gatekeeper();
    const { receiver, onReplay } = guarded('reject', { store: clocked().store, on: { paid: work } });
    const first = receiver.handle(delivery());
    await started;
    expect(await receiver.handle(replay())).toEqual(retryLater(30));
    expect(await receiver.handle(replay())).toEqual(retryLater(30));
    open();
    expect(await first).toEqual(ACCEPTED);
    expect(await receiver.handle(replay())).toEqual(DUPLICATE);
    expect(onReplay).toHaveBeenCalledOnce();
  });

  it('is kept alive under both of its keys while its handler runs', async () => {
    const extended = new Set<string>();
    let end = (): void => {};
    const bothExtended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const { store, inner } = clocked({
      extend(key, ...request) {
        if (extended.add(key).size === 2) end();
        return inner.extend(key, ...request);
      },
    });
    const { receiver } = guarded('reject', { store, lease: 30, on: { paid: () => bothExtended } });
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
  });

  it('is given back when the store goes away between the two keys', async () => {
    let asked = 0;
    const { store, inner } = clocked({
      claim: (...request) => (++asked === 2 ? down() : inner.claim(...request)),
    });
    const attempts: number[] = [];
    const paid = (_event: WebhookEvent, { attempt }: HandlerContext): void => void attempts.push(attempt);
    const { receiver } = guarded('report', { store, on: { paid } });
    expect(await receiver.handle(delivery())).toEqual(retryLater(10));
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
    expect(attempts).toEqual([2]);
  });

  it('is guarded per endpoint and tenant, and only where it is not signed', async () => {
    const { store, keys } = clocked();
    const { receiver } = guarded('reject', { store, tenant: 't', name: 'n' });
    await receiver.handle(delivery());
    expect(keys).toEqual([
      'v1|header|n|t|evt_1',
      expect.stringMatching(/^v1\|header\|n\|t\|content:[0-9a-f]{64}$/),
    ]);
    for (const provider of [payload, anonymous]) {
      const other = clocked();
      await guarded('reject', { store: other.store }, provider).receiver.handle(delivery());
      expect(other.keys).toHaveLength(1);
    }
  });
});

describe('the same id with another body', () => {
  const changed = (): WebhookRequest => delivery({ body: '{"type":"paid","attempts":2}' });

  it('is a duplicate all the same, and is reported', async () => {
    const onFingerprintMismatch = vi.fn();
    const work = vi.fn();
    const receiver = receiverOf({ on: { paid: work }, hooks: { onFingerprintMismatch } });
    await receiver.handle(delivery());
    expect(await receiver.handle(delivery())).toEqual(DUPLICATE);
    expect(onFingerprintMismatch).not.toHaveBeenCalled();
    expect(await receiver.handle(changed())).toEqual(DUPLICATE);
    expect(onFingerprintMismatch).toHaveBeenCalledOnce();
    expect(onFingerprintMismatch.mock.calls[0]?.[0]).toMatchObject({ payload: { attempts: 2 } });
    expect(work).toHaveBeenCalledOnce();
  });

  it('is reported while the first is in flight, too', async () => {
    const onFingerprintMismatch = vi.fn();
    const { open, started, work } = gatekeeper();
    const receiver = receiverOf({ on: { paid: work }, hooks: { onFingerprintMismatch } });
    const first = receiver.handle(delivery());
    await started;
    expect((await receiver.handle(changed())).status).toBe(503);
    expect(onFingerprintMismatch).toHaveBeenCalledOnce();
    open();
    await first;
  });

  it('is told by the raw bytes, not by what they mean', async () => {
    const onFingerprintMismatch = vi.fn();
    const receiver = receiverOf({ on: {}, hooks: { onFingerprintMismatch } });
    await receiver.handle(delivery({ body: '{"a":1,"b":2}' }));
    await receiver.handle(delivery({ body: '{"b":2,"a":1}' }));
    expect(onFingerprintMismatch).toHaveBeenCalledOnce();
  });

  it('runs, with its own body, when the first one failed', async () => {
    const bodies: unknown[] = [];
    const receiver = receiverOf({
      on: {
        paid({ payload: body }, { attempt }) {
          bodies.push(body);
          if (attempt === 1) throw new Error('not yet');
        },
      },
    });
    await receiver.handle(delivery());
    expect(await receiver.handle(changed())).toEqual(ACCEPTED);
    expect(bodies[1]).toEqual({ type: 'paid', attempts: 2 });
  });
});

describe('quarantine', () => {
  const issues = [{ message: 'amount is not a number', path: ['amount'] }];
  const refusing: StandardSchemaV1 = {
    '~standard': { version: 1, vendor: 'test', validate: () => ({ issues }) },
  };
  const schemas = { paid: refusing };

  it('is not there by default: 400, and nothing is claimed', async () => {
    const { store, keys } = clocked();
    const receiver = createReceiver(header, { now: () => NOW, logger: false, store, schemas, on: {} });
    for (let again = 0; again < 2; again++) {
      expect(await receiver.handle(delivery())).toEqual(answer(400, { error: 'payload_invalid' }));
    }
    expect(keys).toEqual([]);
  });

  it('takes an event once, in place of its handler', async () => {
    const quarantine = vi.fn();
    const paid = vi.fn();
    const receiver = createReceiver(header, {
      now: () => NOW,
      logger: false,
      schemas,
      quarantine,
      on: { paid },
    });
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
    expect(await receiver.handle(delivery())).toEqual(DUPLICATE);
    expect(quarantine).toHaveBeenCalledOnce();
    expect(quarantine.mock.calls[0]).toEqual([
      expect.objectContaining({ id: 'evt_1', type: 'paid' }),
      issues,
    ]);
    expect(paid).not.toHaveBeenCalled();
  });

  it('that fails has the event sent again', async () => {
    const quarantine = vi.fn().mockRejectedValueOnce(new Error('disk full'));
    const receiver = createReceiver(header, { now: () => NOW, logger: false, schemas, quarantine, on: {} });
    expect(await receiver.handle(delivery())).toEqual(FAILED);
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
    expect(quarantine).toHaveBeenCalledTimes(2);
  });

  it('takes an event from a route of your own, too', async () => {
    const quarantine = vi.fn();
    const receiver = createReceiver(header, { now: () => NOW, logger: false, schemas, quarantine });
    expect(await receiver.open(delivery())).toEqual({ response: ACCEPTED });
    expect(await receiver.open(delivery())).toEqual({ response: DUPLICATE });
    expect(quarantine).toHaveBeenCalledOnce();
  });
});

describe('the dead letter hook', () => {
  it('is given the event and the cause, and is waited for', async () => {
    const order: string[] = [];
    const cause = new PermanentError('no such order');
    const onDeadLetter = vi.fn(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push('kept');
    });
    const receiver = receiverOf({ on: { paid: () => Promise.reject(cause) }, hooks: { onDeadLetter } });
    await receiver.handle(delivery());
    order.push('answered');
    expect(order).toEqual(['kept', 'answered']);
    expect(onDeadLetter).toHaveBeenCalledOnce();
    expect(onDeadLetter).toHaveBeenCalledWith(expect.objectContaining({ id: 'evt_1' }), cause);
    await receiver.handle(delivery());
    expect(onDeadLetter).toHaveBeenCalledOnce();
  });

  it('does not hold the answer for ever: the claim is lost, and the event comes again', async () => {
    const hooks = { onDeadLetter: () => new Promise<void>(() => {}) };
    const on = { paid: () => Promise.reject(new PermanentError('no')) };
    const receiver = receiverOf({ on, hooks, maxRun: 60, lease: 30 });
    expect(await receiver.handle(delivery())).toMatchObject({ status: 503 });
  });

  it('hears nothing of events that only failed', async () => {
    const onDeadLetter = vi.fn();
    const receiver = receiverOf({
      on: { paid: () => Promise.reject(new Error('no')) },
      hooks: { onDeadLetter },
    });
    await receiver.handle(delivery());
    expect(onDeadLetter).not.toHaveBeenCalled();
  });

  it('hears nothing of an event that another attempt has taken over', async () => {
    const { store, inner, keys } = clocked();
    const onDeadLetter = vi.fn();
    const receiver = receiverOf({
      store,
      hooks: { onDeadLetter },
      on: {
        async paid() {
          await inner.forget?.(keys[0] ?? '');
          await inner.claim(keys[0] ?? '', { token: 'other', leaseMs: HOUR, retentionMs: HOUR });
          throw new PermanentError('no');
        },
      },
    });
    expect(await receiver.handle(delivery())).toEqual(retryLater(1));
    expect(onDeadLetter).not.toHaveBeenCalled();
  });
});

describe('store: false', () => {
  it('runs every delivery, duplicates too', async () => {
    const attempts: number[] = [];
    const items: string[] = [];
    const receiver = receiverOf({
      store: false,
      on: {
        async paid(_event, { attempt, once }) {
          attempts.push(attempt);
          await once('item', () => items.push('item'));
        },
      },
    });
    for (let again = 0; again < 3; again++) expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
    expect([attempts, items]).toEqual([
      [1, 1, 1],
      ['item', 'item', 'item'],
    ]);
  });

  it('still answers failures and events given up', async () => {
    const failing = receiverOf({ store: false, on: { paid: () => Promise.reject(new Error('no')) } });
    const permanent = receiverOf({
      store: false,
      on: { paid: () => Promise.reject(new PermanentError('no')) },
    });
    expect(await failing.handle(delivery())).toEqual(FAILED);
    expect(await permanent.handle(delivery())).toEqual(ACCEPTED);
  });

  it('opens events for a route of your own', async () => {
    const receiver = receiverOf({ store: false });
    for (const ok of [true, false]) {
      const opened = await receiver.open(delivery());
      expect(opened.event).toMatchObject({ id: 'evt_1' });
      expect(await opened.settle?.(ok)).toBeUndefined();
    }
  });
});

describe('a reply', () => {
  /** An answer may hold what a stranger sent. */
  const guarded = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

  const answers = (value: unknown, options: Options = {}) =>
    receiverOf({ on: { paid: () => value }, ...options });

  it('is kept, and given to duplicates', async () => {
    const receiver = answers(reply({ status: 201, body: { ok: 'é' } }));
    expect(await receiver.handle(delivery())).toMatchObject({ status: 201, body: '{"ok":"é"}' });
    expect(await receiver.handle(delivery())).toEqual({
      status: 201,
      headers: { ...guarded, 'content-type': 'application/json', 'webhook-dedup': 'duplicate' },
      body: '{"ok":"é"}',
    });
  });

  it('is kept with its own content type, and with no other of its headers', async () => {
    const headers = { 'content-type': 'text/xml', 'set-cookie': 'tenant=1', 'x-trace': 'abc' };
    const receiver = answers(reply({ headers, body: '<Response/>' }));
    expect(await receiver.handle(delivery())).toEqual({
      status: 200,
      headers: { ...guarded, ...headers },
      body: '<Response/>',
    });
    expect(await receiver.handle(delivery())).toEqual({
      status: 200,
      headers: { ...guarded, 'content-type': 'text/xml', 'webhook-dedup': 'duplicate' },
      body: '<Response/>',
    });
  });

  it('has one content type, however its name is written', async () => {
    const receiver = answers(reply({ headers: { 'Content-Type': 'text/xml' }, body: '<Response/>' }));
    for (const each of [await receiver.handle(delivery()), await receiver.handle(delivery())]) {
      const types = Object.entries(each.headers).filter(([name]) => name.toLowerCase() === 'content-type');
      expect(types.map(([, value]) => value)).toEqual(['text/xml']);
    }
  });

  it.each([
    ['is kept up to 4,096 bytes', 'x'.repeat(4096), true],
    ['is not kept above 4,096 bytes', 'x'.repeat(4097), false],
    ['is measured in bytes, not in characters', '€'.repeat(2000), false],
  ])('%s', async (_what, body, isKept) => {
    const receiver = answers(reply({ body }));
    expect((await receiver.handle(delivery())).body).toBe(body);
    const duplicate = await receiver.handle(delivery());
    expect(duplicate.headers['webhook-dedup']).toBe('duplicate');
    expect(duplicate.body === body).toBe(isKept);
    if (!isKept) expect(duplicate).toEqual(DUPLICATE);
  });

  it.each([
    ['text', 'hello'],
    ['an object that looks like one', { status: 418, headers: {}, body: 'teapot' }],
    ['a Response', new Response('teapot', { status: 418 })],
    ['null', null],
  ])('is made by reply(): %s is ignored', async (_what, value) => {
    const receiver = answers(value);
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
    expect(await receiver.handle(delivery())).toEqual(DUPLICATE);
  });

  it('is not kept where the completion could not be recorded, and is answered all the same', async () => {
    const receiver = answers(reply({ body: 'hello' }), { store: clocked({ complete: down }).store });
    expect((await receiver.handle(delivery())).body).toBe('hello');
  });
});

describe('open', () => {
  it('claims an event, and settles it', async () => {
    const receiver = receiverOf();
    const opened = await receiver.open(delivery());
    expect(opened.event).toMatchObject({ id: 'evt_1', type: 'paid' });
    expect(opened.response).toBeUndefined();
    const { response } = await receiver.open(delivery());
    expect(response?.status).toBe(503);
    expect(await opened.settle?.(true)).toBeUndefined();
    expect(await receiver.open(delivery())).toEqual({ response: DUPLICATE });
  });

  it('releases an event that its route failed', async () => {
    const receiver = receiverOf();
    const first = await receiver.open(delivery());
    expect(await first.settle?.(false)).toBeUndefined();
    const second = await receiver.open(delivery());
    expect(second.event).toMatchObject({ id: 'evt_1' });
    expect(await second.settle?.(true)).toBeUndefined();
    expect(await receiver.open(delivery())).toEqual({ response: DUPLICATE });
  });

  it.each([
    ['true, then false', true, false, DUPLICATE],
    ['true, twice', true, true, DUPLICATE],
    ['false, then true', false, true, undefined],
  ])('is settled once: %s', async (_what, one, other, next) => {
    const hooks = { onAccepted: vi.fn(), onFailed: vi.fn() };
    const receiver = receiverOf({ hooks });
    const opened = await receiver.open(delivery());
    const answers = await Promise.all([opened.settle?.(one), opened.settle?.(other)]);
    expect(answers).toEqual([undefined, undefined]);
    expect(await opened.settle?.(other)).toBeUndefined();
    expect([hooks.onAccepted.mock.calls.length, hooks.onFailed.mock.calls.length]).toEqual(
      one ? [1, 0] : [0, 1],
    );
    const again = await receiver.open(delivery());
    expect(again.response).toEqual(next);
  });

  it('answers what needs no route', async () => {
    const forged = delivery({ signature: '0'.repeat(64) });
    expect(await receiverOf().open(forged)).toEqual({
      response: answer(401, { error: 'signature_invalid' }),
    });
    const away = receiverOf({ store: clocked({ claim: down, release: down }).store });
    expect(await away.open(delivery())).toEqual({ response: retryLater(10) });
  });

  it('puts a 503 in place of a success that came after another attempt took over', async () => {
    const { store, inner, keys } = clocked();
    const receiver = receiverOf({ store });
    const opened = await receiver.open(delivery());
    await inner.forget?.(keys[0] ?? '');
    await inner.claim(keys[0] ?? '', { token: 'other', leaseMs: HOUR, retentionMs: HOUR });
    expect(await opened.settle?.(true)).toEqual(retryLater(1));
    expect(await inner.complete(keys[0] ?? '', { token: 'other', retentionMs: HOUR })).toBe(true);
  });

  it('puts nothing in place of a failure', async () => {
    const { store, inner, keys } = clocked();
    const receiver = receiverOf({ store });
    const opened = await receiver.open(delivery());
    await inner.forget?.(keys[0] ?? '');
    expect(await opened.settle?.(false)).toBeUndefined();
  });

  it('puts nothing in place of a success that cannot be recorded', async () => {
    const receiver = receiverOf({ store: clocked({ complete: down }).store });
    const opened = await receiver.open(delivery());
    expect(await opened.settle?.(true)).toBeUndefined();
  });

  it('does not hold an event for ever whose route never answers', async () => {
    const { store, clock } = clocked();
    const receiver = receiverOf({ store, maxRun: 30, lease: 30_000 });
    const opened = await receiver.open(delivery());
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(await opened.settle?.(true)).toEqual(retryLater(1));
    clock.at += 30_000;
    expect((await receiver.open(delivery())).event).toMatchObject({ id: 'evt_1' });
  });
});

describe('a handler may throw anything', () => {
  const thrown: [string, unknown][] = [
    ['undefined', undefined],
    ['null', null],
    ['a string', 'no'],
    ['a number', 42],
    ['a symbol', Symbol('no')],
    ['a bigint', 1n],
    ['a function', () => {}],
    ['an object without a prototype', Object.create(null)],
    ['an object that cannot be printed', { toString: null, [Symbol.toPrimitive]: null }],
    ['a promise', Promise.resolve('no')],
    [
      'an error of ours',
      Object.assign(new Error('x'), { name: 'WebhookError', code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH' }),
    ],
    ['an abort', new DOMException('aborted', 'AbortError')],
    ['an error without a message', Object.assign(new Error('x'), { message: undefined })],
  ];

  it.each(thrown)('%s: 500, logged, and the next attempt runs', async (_what, cause) => {
    const lines: string[] = [];
    const logger: Logger = { warn: (line) => lines.push(line), error: (line) => lines.push(line) };
    const onFailed = vi.fn();
    const receiver = receiverOf({
      logger,
      hooks: { onFailed },
      on: {
        async paid(_event, { attempt }) {
          if (attempt === 1) throw cause;
        },
      },
    });
    expect(await receiver.handle(delivery())).toEqual(FAILED);
    expect(lines).toEqual([expect.stringContaining('500 ERR_WEBHOOK_HANDLER_FAILED')]);
    expect(onFailed).toHaveBeenCalledOnce();
    expect(onFailed.mock.calls[0]?.[0]).toMatchObject({ code: 'ERR_WEBHOOK_HANDLER_FAILED', cause });
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
  });
});

describe('hooks and loggers that throw change nothing', () => {
  type AnyHooks = Hooks<WebhookEvent>;
  const names = [
    ...(['onAccepted', 'onDuplicate', 'onInFlight', 'onHandshake', 'onRejected', 'onFailed'] as const),
    ...(['onDeadLetter', 'onFingerprintMismatch', 'onReplay'] as const),
  ];
  const hooksOf = (called: Set<string>, end: () => unknown): AnyHooks =>
    Object.fromEntries(
      names.map((name) => [
        name,
        () => {
          called.add(name);
          return end();
        },
      ]),
    );

  /** One delivery of each kind, and its answer. */
  async function story(hooks: AnyHooks, logger: Logger | false): Promise<WebhookResponse[]> {
    const { open, started, work } = gatekeeper();
    const { store } = clocked();
    const receiver = receiverOf({
      store,
      hooks,
      logger,
      replayGuard: 'reject',
      on: {
        'in-flight': work,
        permanent: () => Promise.reject(new PermanentError('no')),
        failing: () => Promise.reject(new Error('no')),
        '*': () => {},
      },
    });
    const send = (id: string, kind: string, more = {}) =>
      receiver.handle(delivery({ id, body: JSON.stringify({ type: kind, of: id.slice(0, 1), ...more }) }));
    const answers = [await send('1', 'ok'), await send('1', 'ok'), await send('1', 'ok', { changed: true })];
    answers.push(await send('1-replayed', 'ok'));
    const first = send('2', 'in-flight');
    await started;
    answers.push(await send('2', 'in-flight'));
    open();
    answers.push(
      await first,
      await send('3', 'permanent'),
      await send('3', 'permanent'),
      await send('4', 'failing'),
    );
    answers.push(await receiver.handle(delivery({ signature: '0'.repeat(64) })));
    answers.push(await receiver.handle({ ...delivery(), method: 'GET' }));
    return answers;
  }

  const ends: [string, () => unknown][] = [
    [
      'throw',
      () => {
        throw new Error('from a hook');
      },
    ],
    ['reject', () => Promise.reject(new Error('from a hook'))],
    ['reject with nothing', () => Promise.reject()],
  ];

  it.each(ends)('when they %s', async (_how, end) => {
    const calledQuietly = new Set<string>();
    const expected = await story(
      hooksOf(calledQuietly, () => {}),
      false,
    );
    expect(expected.map(({ status }) => status)).toEqual([
      200, 200, 200, 200, 503, 200, 200, 200, 500, 401, 405,
    ]);
    const called = new Set<string>();
    const logger: Logger = {
      warn() {
        throw new Error('from the logger');
      },
      error() {
        throw new Error('from the logger');
      },
    };
    expect(await story(hooksOf(called, end), logger)).toEqual(expected);
    // All of them were there to do harm, but for the handshake's: this provider has none.
    expect([...called].sort()).toEqual(names.filter((name) => name !== 'onHandshake').sort());
    expect(called).toEqual(calledQuietly);
  });

  it('and the operator hears of a hook that throws', async () => {
    const lines: string[] = [];
    const logger: Logger = { warn: (line) => lines.push(line), error: (line) => lines.push(line) };
    const receiver = receiverOf({
      logger,
      on: {},
      hooks: {
        onAccepted() {
          throw new Error('from a hook');
        },
      },
    });
    await receiver.handle(delivery());
    await vi.waitFor(
      () => expect(lines).toEqual([expect.stringMatching(/hook.*threw.*from a hook/)]),
      10_000,
    );
  });

  it('nor does a hook that never ends, where it is not waited for', async () => {
    const receiver = receiverOf({ on: {}, hooks: { onAccepted: never, onDuplicate: never } });
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
    expect(await receiver.handle(delivery())).toEqual(DUPLICATE);
  });
});

describe('handlers of any name', () => {
  const names = [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'then',
    'a.b',
    ' ',
    '1',
  ];
  const bodyOf = (name: string): string => JSON.stringify({ type: name });

  it('are called for events of that name, and for no others', async () => {
    const called: string[] = [];
    const on = Object.fromEntries(
      names.map((name) => [name, ({ type: of }: WebhookEvent) => called.push(`${name}=${of}`)]),
    );
    expect(Object.keys(on)).toHaveLength(names.length);
    const receiver = receiverOf({ on });
    for (const [index, name] of [...names, 'other'].entries()) {
      const request = delivery({ id: `evt_${index}`, body: bodyOf(name) });
      expect(await receiver.receive(request)).toMatchObject({ kind: 'accepted', handled: name !== 'other' });
    }
    expect(called).toEqual(names.map((name) => `${name}=${name}`));
  });

  it('are not inherited', async () => {
    const inherited = vi.fn();
    const on: Record<string, () => void> = Object.create({ inherited });
    const receiver = receiverOf({ on });
    for (const [index, name] of ['inherited', ...names].entries()) {
      const request = delivery({ id: `evt_${index}`, body: bodyOf(name) });
      expect(await receiver.receive(request)).toMatchObject({ kind: 'accepted', handled: false });
    }
    expect(inherited).not.toHaveBeenCalled();
  });

  it(`leave to '*' what they do not name`, async () => {
    const rest: string[] = [];
    const receiver = receiverOf({ on: { paid() {}, '*': ({ type: of }) => rest.push(of) } });
    for (const [index, name] of ['paid', 'toString', '__proto__', '*', ''].entries()) {
      await receiver.handle(delivery({ id: `evt_${index}`, body: bodyOf(name) }));
    }
    expect(rest).toEqual(['toString', '__proto__', '*', '']);
  });

  it('cannot be exchanged afterwards', async () => {
    const first = vi.fn();
    const second = vi.fn();
    const on: Record<string, () => void> = { paid: first };
    const receiver = receiverOf({ on });
    Object.assign(on, { paid: second });
    await receiver.handle(delivery());
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 0]);
  });
});

describe('retention', () => {
  const DAY = 24 * HOUR;
  const strict = defineProvider({
    name: 'strict',
    scheme,
    timestamp,
    id: { header: 'x-id' },
    horizon: (9 * DAY) / 1000,
  });

  it.each<[string, Provider<Record<string, unknown>>, Options, number]>([
    ['seven days by default', header, {}, 7 * DAY],
    ['as long as the provider retries, where that is longer', strict({ secret: SECRET }), {}, 9 * DAY],
    ['as it is said', header, { retention: 5000 }, 5000],
  ])('is %s', async (_what, provider, options, retention) => {
    const { store, clock } = clocked();
    const receiver = receiverOf({ store, on: {}, ...options }, provider);
    await receiver.handle(delivery());
    clock.at += retention - 1;
    expect(await receiver.handle(delivery())).toEqual(DUPLICATE);
    clock.at += 1;
    expect(await receiver.handle(delivery())).toEqual(ACCEPTED);
  });

  it('that is shorter than the provider retries is worth a warning', () => {
    const lines: string[] = [];
    const logger: Logger = { warn: (line) => lines.push(line), error() {} };
    receiverOf({ logger, retention: 5000 }, strict({ secret: SECRET }));
    expect(lines).toEqual([expect.stringMatching(/strict retries for 777600 s.*5 s/)]);
  });
});

describe('a delivery without an id', () => {
  const sentAt = (seconds: number, body: string) => {
    const t = String(NOW / 1000 + seconds);
    const signature = macOf('sha256', SECRET, t, '.', body).toString('hex');
    return request({ body, headers: { 'x-time': t, 'x-signature': signature } });
  };
  const receiverKnowing = (anonymous: 'content' | 'body' | 'nothing' | undefined) =>
    createReceiver(
      defineProvider({
        name: 'nameless',
        scheme: hmac({
          header: 'x-signature',
          hash: 'sha256',
          encoding: 'hex',
          content: ['timestamp', { text: '.' }, 'body'],
        }),
        timestamp: { header: 'x-time', unit: 's' },
        ...(anonymous && { anonymous }),
      })({ secret: SECRET }),
      { on: { '*': () => {} }, logger: false, now: () => NOW },
    );

  it.each([
    [undefined, ['accepted', 'duplicate', 'accepted', 'accepted']],
    ['content', ['accepted', 'duplicate', 'accepted', 'accepted']],
    ['body', ['accepted', 'duplicate', 'duplicate', 'accepted']],
    ['nothing', ['accepted', 'accepted', 'accepted', 'accepted']],
  ] as const)('is known by its %s', async (anonymous, kinds) => {
    const receiver = receiverKnowing(anonymous);
    const sent = [sentAt(0, '{"a":1}'), sentAt(0, '{"a":1}'), sentAt(1, '{"a":1}'), sentAt(1, '{"a":2}')];
    const outcomes: string[] = [];
    for (const each of sent) outcomes.push((await receiver.receive(each)).kind);
    expect(outcomes).toEqual(kinds);
  });
});

describe('an id that is a number', () => {
  const body = (id: string, rest = '') => `{"type":"paid","id":${id}${rest}}`;
  const told = async (first: string, second: string) => {
    const receiver = createReceiver(payload, { on: {}, now: () => NOW, logger: false });
    await receiver.handle(delivery({ body: first }));
    return (await receiver.handle(delivery({ body: second }))).headers['webhook-dedup'];
  };

  it('is one where JavaScript keeps it apart from every other', async () => {
    expect(await told(body('9007199254740991'), body('9007199254740991', ',"again":1'))).toBe('duplicate');
    expect(await told(body('9007199254740991'), body('9007199254740990'))).toBeUndefined();
  });

  // Both of a pair parse to the same number.
  it.each([
    ['9007199254740992', '9007199254740993'],
    ['4912661846655238145', '4912661846655238146'],
    ['-9007199254740992', '-9007199254740993'],
    ['1e400', '1e401'],
  ])('is none beyond: %s is not %s, and the content tells them apart', async (first, second) => {
    expect(await told(body(first), body(second))).toBeUndefined();
    expect(await told(body(first), body(first))).toBe('duplicate');
  });
});
