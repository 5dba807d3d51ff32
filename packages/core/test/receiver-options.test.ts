import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  assertMount,
  createReceiver,
  defineProvider,
  hmac,
  memoryStore,
  type ProviderRecord,
  type StandardSchemaV1,
} from '../src/index.ts';
import { acme, codeOf, delivery, NOW, SECRET, thrownBy } from './support/acme.ts';
import { type Options, receiverOf, settings } from './support/receiver.ts';

const odd = (options: Record<string, unknown>) => options as Options;

describe('a receiver is not made with', () => {
  it.each<[string, Options, RegExp]>([
    ['an empty name', { name: '' }, /^name must not be empty/],
    ['a name that is no text', odd({ name: 5 }), /^name must/],
    ['a tenant that is no text', odd({ tenant: 5 }), /^tenant is a string/],
    ['a tenant that is null', odd({ tenant: null }), /^tenant is a string/],
    ['a clock that is none', odd({ now: NOW }), /^now is not a function/],
    ['a dedupKey that is none', odd({ dedupKey: 'id' }), /^dedupKey is not a function/],
    ['a quarantine that is none', odd({ quarantine: [] }), /^quarantine is not a function/],
    ['a limit of 0', { limit: 0 }, /^limit must be a number above 0/],
    ['a limit below 0', { limit: -1 }, /^limit/],
    ['a limit that is NaN', { limit: Number.NaN }, /^limit/],
    ['a limit without end', { limit: Number.POSITIVE_INFINITY }, /^limit/],
    ['a limit as text', odd({ limit: '1mb' }), /^limit/],
    ['a timeout of 0', { timeout: 0 }, /^timeout/],
    ['a timeout as text', odd({ timeout: '10s' }), /^timeout/],
    ['a retention of 0', { retention: 0 }, /^retention/],
    ['a retention below 0', { retention: -1 }, /^retention/],
    ['a lease of 0', { lease: 0 }, /^lease/],
    ['a lease that is NaN', { lease: Number.NaN }, /^lease/],
    ['a longest run of 0', { maxRun: 0 }, /^maxRun/],
    ['a tolerance below 0', { tolerance: -1 }, /^tolerance is seconds.*'unchecked'/],
    ['a tolerance that is NaN', { tolerance: Number.NaN }, /^tolerance/],
    ['a tolerance without end', { tolerance: Number.POSITIVE_INFINITY }, /^tolerance/],
    ['a tolerance as text', odd({ tolerance: '300' }), /^tolerance/],
    ['a tolerance of another word', odd({ tolerance: 'off' }), /^tolerance/],
    ['a tolerance that is false', odd({ tolerance: false }), /^tolerance/],
    ['a tolerance of the past alone', odd({ tolerance: { past: 300 } }), /^tolerance/],
    ['a tolerance below 0 on one side', { tolerance: { past: 300, future: -1 } }, /^tolerance/],
    ['an onStoreError of another word', odd({ onStoreError: 'retry' }), /^onStoreError/],
    ['a handler that is none', odd({ on: { ping: 'handle' } }), /^on\["ping"] is not a function/],
    ['a handler that is undefined', odd({ on: { ping: undefined } }), /^on\["ping"] is not a function/],
    ['a store that is none', odd({ store: {} }), /^store must be a DedupStore/],
    ['a key-value client for a store', odd({ store: new Map() }), /^store must be a DedupStore/],
    [
      'a store whose claim is not atomic',
      odd({ store: { ...memoryStore(), capabilities: { atomic: false } } }),
      /^store must be a DedupStore/,
    ],
    [
      'a store without one of its verbs',
      odd({ store: { ...memoryStore(), extend: undefined } }),
      /^store must be a DedupStore/,
    ],
  ])('%s', (_, options, message) => {
    const error = thrownBy(() => receiverOf(options));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({
      code: 'ERR_WEBHOOK_CONFIG_OPTION',
      message: expect.stringMatching(message),
    });
  });

  it('the name of another one in the same store', () => {
    const store = memoryStore();
    receiverOf({ store });
    expect(thrownBy(() => receiverOf({ store }))).toMatchObject({
      name: 'TypeError',
      code: 'ERR_WEBHOOK_CONFIG_NAME_TAKEN',
      message: expect.stringContaining('"acme"'),
    });
    expect(receiverOf({ store, name: 'another' }).name).toBe('another');
    expect(receiverOf({ store: memoryStore() }).name).toBe('acme');
  });
});

// A timer counts no further than 2 ** 31 - 1 ms; beyond, it goes off at once.
it.each([2 ** 31, Number.MAX_SAFE_INTEGER])('a timeout of %i ms is refused, or waits', async (timeout) => {
  const make = () => receiverOf({ timeout });
  if (thrownBy(make) instanceof TypeError)
    return expect(thrownBy(make)).toMatchObject({ code: 'ERR_WEBHOOK_CONFIG_OPTION' });
  const sent = delivery();
  async function* slowly() {
    await new Promise((resolve) => setTimeout(resolve, 20));
    yield sent.body as Uint8Array;
  }
  expect(await codeOf(make().verify({ ...sent, body: slowly() }))).toBe('resolved');
});

describe('a receiver says', () => {
  it('who it is', () => {
    const provider = acme({ secret: SECRET });
    expect(createReceiver(provider, settings)).toMatchObject({ name: 'acme', provider, handles: false });
    expect(createReceiver(provider, { ...settings, name: 'eu', on: {} })).toMatchObject({
      name: 'eu',
      handles: true,
    });
  });

  it.each<[string, boolean, 'webhook' | 'verifyWebhook', RegExp | undefined]>([
    ['with handlers', true, 'webhook', undefined],
    ['without handlers', false, 'verifyWebhook', undefined],
    ['with handlers', true, 'verifyWebhook', /"acme" has handlers.*mount it with webhook\(\)/],
    ['without handlers', false, 'webhook', /"acme" has no handlers.*verifyWebhook\(\)/],
  ])('how it is mounted: %s (%s), by %s', (_, handles, by, message) => {
    const receiver = receiverOf(handles ? { on: {} } : {});
    const error = thrownBy(() => assertMount(receiver, by));
    if (message === undefined) expect(error).toBeUndefined();
    else
      expect(error).toMatchObject({
        name: 'TypeError',
        code: 'ERR_WEBHOOK_CONFIG_MOUNT',
        message: expect.stringMatching(message),
      });
  });
});

describe('what is only unwise is a warning', () => {
  afterEach(() => void vi.unstubAllEnvs());

  const scheme = hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] });
  const warnings = (record: Partial<ProviderRecord<'secret'>>, options: Options = {}) => {
    const lines: string[] = [];
    const logger = {
      warn: (line: string) => void lines.push(line),
      error: (line: string) => void lines.push(line),
    };
    createReceiver(defineProvider({ name: 'own', scheme, ...record })({ secret: SECRET }), {
      logger,
      ...options,
    });
    return lines;
  };
  const shared = () => ({ ...memoryStore(), capabilities: { ...memoryStore().capabilities, shared: true } });

  it.each<[string, Partial<ProviderRecord<'secret'>>, Options, RegExp | undefined]>([
    ['nothing unwise', {}, {}, undefined],
    [
      'a tolerance where no timestamp is',
      {},
      { tolerance: 10 },
      /tolerance has no effect: own signs no timestamp/,
    ],
    [
      'a tolerance where a timestamp is',
      { timestamp: { header: 'x-time', unit: 's' } },
      { tolerance: 10 },
      undefined,
    ],
    ['an unchecked one where no timestamp is', {}, { tolerance: 'unchecked' }, undefined],
    [
      'a memory shorter than the retries',
      { horizon: 100 },
      { retention: 99_999 },
      /retries for 100 s.*remembered for 99\.999 s/,
    ],
    ['a memory as long as the retries', { horizon: 100 }, { retention: 100_000 }, undefined],
    ['a memory by the length of long retries', { horizon: 30 * 24 * 3600 }, {}, undefined],
    ['no memory at all', { horizon: 100 }, { store: false, retention: 1 }, undefined],
  ])('%s', (_, record, options, message) => {
    expect(warnings(record, options)).toEqual(message ? [expect.stringMatching(message)] : []);
  });

  it.each<[string, string, Options, number]>([
    ['in production', 'production', {}, 1],
    ['in production, with a store of its own process', 'production', { store: memoryStore() }, 1],
    ['in production, with a shared store', 'production', { store: shared() }, 0],
    ['in production, with none', 'production', { store: false }, 0],
    ['in development', 'development', {}, 0],
  ])('a memory of this process alone, %s', (_, environment, options, count) => {
    vi.stubEnv('NODE_ENV', environment);
    const lines = warnings({}, options);
    expect(lines).toHaveLength(count);
    for (const line of lines) expect(line).toMatch(/own: the memory store is seen by this process alone/);
  });
});

describe('a provider is not made with', () => {
  const body = hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] });
  const timed = hmac({
    header: 'x-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', 'body'],
  });
  const named = hmac({
    header: 'x-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['id', { text: '.' }, 'body'],
  });

  it.each<[string, ProviderRecord<'secret'>, RegExp]>([
    ['an empty name', { name: '', scheme: body }, /name is lower-case/],
    ['a name in upper case', { name: 'Acme', scheme: body }, /not "Acme"/],
    ['a name with a space', { name: 'a b', scheme: body }, /not "a b"/],
    ['a name that would split a key', { name: 'a|b', scheme: body }, /not "a\|b"/],
    ['a name that begins with a hyphen', { name: '-a', scheme: body }, /not "-a"/],
    [
      'a timestamp that is signed and stands nowhere',
      { name: 'a', scheme: timed },
      /signs the timestamp and does not say where/,
    ],
    [
      'an id that is signed and stands nowhere',
      { name: 'a', scheme: named },
      /signs the id and does not say where/,
    ],
    ['the same in its second scheme', { name: 'a', scheme: [body, named] }, /signs the id/],
  ])('%s', (_, record, message) => {
    const error = thrownBy(() => defineProvider(record));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({
      code: 'ERR_WEBHOOK_CONFIG_PROVIDER',
      message: expect.stringMatching(message),
    });
  });

  it('less than it says: what is stated is kept, what is not has its default', () => {
    const docs = { url: 'https://example.com/docs', read: '2026-01-02' };
    const made = defineProvider({
      name: 'a',
      scheme: body,
      docs,
      status: 'documented',
      deadline: 3,
      horizon: 60,
    })({ secret: SECRET });
    expect(made).toMatchObject({
      name: 'a',
      docs,
      status: 'documented',
      deadline: 3,
      horizon: 60,
      tolerance: { past: 300, future: 300 },
      methods: ['POST'],
      limit: 1024 * 1024,
      handshakes: [],
    });
  });

  it('methods, a limit and a tolerance of its own, which hold', async () => {
    const record = {
      name: 'a',
      scheme: timed,
      methods: ['PUT'],
      limit: 10,
      timestamp: { header: 'x-acme-timestamp', unit: 's', tolerance: { past: 5, future: 0 } },
    } as const;
    const receiver = createReceiver(defineProvider(record)({ secret: SECRET }), {
      logger: false,
      now: () => NOW,
    });
    expect(await codeOf(receiver.verify(delivery()))).toBe('ERR_WEBHOOK_METHOD');
    expect(await codeOf(receiver.verify(delivery({}, { method: 'PUT', body: ' '.repeat(11) })))).toBe(
      'ERR_WEBHOOK_BODY_TOO_LARGE',
    );
    expect(receiver.provider.tolerance).toEqual({ past: 5, future: 0 });
  });
});

describe('an option that cannot be read', () => {
  const store = memoryStore();
  const names: readonly (keyof Options)[] = [
    ...(['name', 'on', 'enqueue', 'schemas', 'quarantine', 'store', 'tolerance', 'now', 'limit'] as const),
    ...(['timeout', 'dedupKey', 'tenant', 'onMissingId', 'fingerprint', 'replayGuard', 'hooks'] as const),
    ...(['logger', 'lease', 'retention', 'maxRun', 'deadline', 'inFlight', 'onStoreError'] as const),
    'maxAttempts',
  ];

  it.each(names)('is told when the receiver is made, and takes no name: %s', async (name) => {
    const unreadable = {
      get [name]() {
        throw new Error(`not to be read: ${name}`);
      },
    };
    const options: Options = { ...settings, name, store, ...(name === 'enqueue' ? {} : { on: {} }) };
    expect(() =>
      createReceiver(
        acme({ secret: SECRET }),
        Object.defineProperties({ ...options }, Object.getOwnPropertyDescriptors(unreadable)),
      ),
    ).toThrow(`not to be read: ${name}`);
    const receiver = createReceiver(acme({ secret: SECRET }), options);
    expect((await receiver.handle(delivery())).status).toBe(200);
  });
});

describe('a schema that is none', () => {
  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['a function', () => true],
    ['an object', { type: 'object' }],
    ['of a later version', { '~standard': { version: 1 } }],
  ])('is refused when the receiver is made: %s', (_, schema) => {
    const error = thrownBy(() => receiverOf(odd({ schemas: { ping: schema as StandardSchemaV1 } })));
    expect(error).toMatchObject({
      name: 'TypeError',
      code: 'ERR_WEBHOOK_CONFIG_OPTION',
      message: expect.stringContaining('ping'),
    });
  });
});
