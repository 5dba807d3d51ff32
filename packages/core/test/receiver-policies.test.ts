import { afterEach, describe, expect, it, vi } from 'vitest';
import { createReceiver, defineProvider, hmac, memoryStore, type ProviderRecord } from '../src/index.ts';
import { delivery, macOf, request, SECRET, thrownBy } from './support/acme.ts';
import { fails, type Options, receiverOf, settings } from './support/receiver.ts';

const scheme = hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] });
const type = { payload: 'type' } as const;
const record: ProviderRecord<'secret'> = { name: 'unsigned', scheme, type, id: { header: 'x-id' } };
const unsigned = defineProvider(record)({ secret: SECRET });

/** The id stands in a header that no signature covers. */
function sent(id: string | undefined, body = '{"type":"ping"}') {
  const signature = macOf('sha256', SECRET, body).toString('hex');
  return request({ body, headers: { 'x-signature': signature, ...(id !== undefined && { 'x-id': id }) } });
}

const unsignedReceiver = (options: Options = {}) => createReceiver(unsigned, { ...settings, ...options });

const ping = (n = 0) => delivery({ type: 'ping', ...(n > 0 && { n }) }, { id: 'evt_1' });

const refusal = (message: RegExp) =>
  expect.objectContaining({
    name: 'TypeError',
    code: 'ERR_WEBHOOK_CONFIG_OPTION',
    message: expect.stringMatching(message),
  });

describe('maxAttempts', () => {
  it('acknowledges the last failure, after its dead letter, and the event is over', async () => {
    const causes: unknown[] = [];
    const poison = new Error('poison');
    const handler = vi.fn(fails(poison));
    const receiver = receiverOf({
      on: { ping: handler },
      maxAttempts: 3,
      hooks: { onDeadLetter: (_, cause) => void causes.push(cause) },
    });
    const answers = [];
    for (let round = 0; round < 4; round++) answers.push(await receiver.handle(ping()));
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 200, 200]);
    expect(answers[2]?.headers).not.toHaveProperty('webhook-dedup');
    expect(answers[3]?.headers).toHaveProperty('webhook-dedup', 'duplicate');
    expect(causes).toEqual([poison]);
    expect(handler).toHaveBeenCalledTimes(3);
  });

  it('of one holds without a store, too', async () => {
    const poison = fails(new Error('poison'));
    const once = receiverOf({ on: { ping: poison }, store: false, maxAttempts: 1 });
    expect((await once.handle(ping())).status).toBe(200);
    const twice = receiverOf({ on: { ping: poison }, store: false, maxAttempts: 2 });
    for (let round = 0; round < 3; round++) expect((await twice.handle(ping())).status).toBe(500);
  });

  it('counts for a route of your own, whose failure is then acknowledged in its place', async () => {
    const onDeadLetter = vi.fn();
    const receiver = receiverOf({ maxAttempts: 2, hooks: { onDeadLetter } });
    const first = await receiver.open(ping());
    expect(await first.settle?.(false)).toBeUndefined();
    const second = await receiver.open(ping());
    expect(await second.settle?.(false)).toMatchObject({ status: 200 });
    expect(onDeadLetter).toHaveBeenCalledOnce();
    const third = await receiver.open(ping());
    expect(third.response).toMatchObject({ status: 200, headers: { 'webhook-dedup': 'duplicate' } });
  });
});

describe('inFlight', () => {
  it('that outlasts the patience of the sender is worth a warning', () => {
    const warn = vi.fn();
    const provider = defineProvider({ ...record, deadline: 3 })({ secret: SECRET });
    const make = (waitMs: number) =>
      createReceiver(provider, { logger: { warn, error: warn }, inFlight: { waitMs } });
    make(2999);
    expect(warn).not.toHaveBeenCalled();
    make(3000);
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/waits 3 s.*wait for 3 s/));
  });
});

describe('an event without an id', () => {
  it('is known by its content, and the hook is told', async () => {
    const onMissingId = vi.fn();
    const receiver = unsignedReceiver({ on: {}, hooks: { onMissingId } });
    expect(await receiver.receive(sent(undefined))).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(sent(undefined))).toMatchObject({ kind: 'duplicate' });
    expect(await receiver.receive(sent(undefined, '{"type":"pong"}'))).toMatchObject({ kind: 'accepted' });
    expect(onMissingId).toHaveBeenCalledTimes(3);
    await receiver.receive(sent('a'));
    expect(onMissingId).toHaveBeenCalledTimes(3);
  });

  it.each([undefined, ''])(`is refused with onMissingId 'reject': %j`, async (id) => {
    const handler = vi.fn();
    const receiver = unsignedReceiver({ on: { ping: handler }, onMissingId: 'reject' });
    expect(await receiver.receive(sent(id))).toMatchObject({
      kind: 'rejected',
      code: 'ERR_WEBHOOK_ID_REQUIRED',
    });
    expect(await receiver.handle(sent(id))).toMatchObject({ status: 400, body: '{"error":"id_required"}' });
    expect((await receiver.open(sent(id))).response).toMatchObject({ status: 400 });
    expect(handler).not.toHaveBeenCalled();
    expect(await receiver.receive(sent('a'))).toMatchObject({ kind: 'accepted' });
  });

  it('is refused without a store, too', async () => {
    const receiver = unsignedReceiver({ on: {}, onMissingId: 'reject', store: false });
    expect(await receiver.receive(sent(undefined))).toMatchObject({ code: 'ERR_WEBHOOK_ID_REQUIRED' });
  });

  it('has one where `dedupKey` finds one', async () => {
    const receiver = unsignedReceiver({
      onMissingId: 'reject',
      dedupKey: ({ payload }) => (payload as { own?: string }).own,
    });
    expect(await receiver.receive(sent(undefined, '{"own":"x"}'))).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(sent(undefined, '{}'))).toMatchObject({ kind: 'rejected' });
  });

  it('cannot be refused where there never is one', () => {
    const { id: _, ...nameless } = record;
    const provider = defineProvider(nameless)({ secret: SECRET });
    const make = (options: Options) => () => createReceiver(provider, { ...settings, ...options });
    expect(thrownBy(make({ onMissingId: 'reject' }))).toEqual(refusal(/would refuse everything.*dedupKey/));
    expect(thrownBy(make({ onMissingId: 'reject', dedupKey: () => 'x' }))).toBeUndefined();
  });
});

describe('the same id with another body', () => {
  const run = async (fingerprint?: Options['fingerprint']) => {
    const seen: unknown[] = [];
    const onFingerprintMismatch = vi.fn();
    const receiver = receiverOf({
      on: { ping: ({ payload }) => void seen.push((payload as { n?: number }).n) },
      hooks: { onFingerprintMismatch },
      ...(fingerprint && { fingerprint }),
    });
    const kinds = [];
    for (const n of [0, 1, 0, 1, 2]) kinds.push((await receiver.receive(ping(n))).kind);
    return { seen, kinds, told: onFingerprintMismatch.mock.calls.length };
  };

  it.each([undefined, 'report'] as const)('is a duplicate, and told: %s', async (fingerprint) => {
    expect(await run(fingerprint)).toEqual({
      seen: [undefined],
      kinds: ['accepted', 'duplicate', 'duplicate', 'duplicate', 'duplicate'],
      told: 3,
    });
  });

  it('is not looked at: ignore', async () => {
    const { told, seen } = await run('ignore');
    expect([told, seen]).toEqual([0, [undefined]]);
  });

  it('is refused: reject', async () => {
    expect(await run('reject')).toEqual({
      seen: [undefined],
      kinds: ['accepted', 'rejected', 'duplicate', 'rejected', 'rejected'],
      told: 3,
    });
    const receiver = receiverOf({ on: {}, fingerprint: 'reject' });
    await receiver.receive(ping());
    expect(await receiver.receive(ping(1))).toMatchObject({ code: 'ERR_WEBHOOK_FINGERPRINT_MISMATCH' });
    expect(await receiver.handle(ping(1))).toMatchObject({
      status: 409,
      body: '{"error":"fingerprint_mismatch"}',
    });
    expect((await receiver.open(ping(1))).response).toMatchObject({ status: 409 });
  });

  it('is a delivery of its own, once: process', async () => {
    expect(await run('process')).toEqual({
      seen: [undefined, 1, 2],
      kinds: ['accepted', 'accepted', 'duplicate', 'duplicate', 'accepted'],
      told: 3,
    });
  });

  it('is a delivery of its own also while the first one runs: process', async () => {
    let open = (): void => {};
    const held = new Promise<void>((resolve) => {
      open = resolve;
    });
    let began = (): void => {};
    const begun = new Promise<void>((resolve) => {
      began = resolve;
    });
    const receiver = receiverOf({
      fingerprint: 'process',
      on: {
        ping: ({ payload }) => {
          began();
          return (payload as { n?: number }).n === 1 ? undefined : held;
        },
      },
    });
    const first = receiver.receive(ping());
    await begun;
    expect(await receiver.receive(ping(1))).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(ping())).toMatchObject({ kind: 'in-flight' });
    open();
    expect(await first).toMatchObject({ kind: 'accepted' });
  });

  it('cannot be told from a record that has no fingerprint', async () => {
    const store = memoryStore();
    const before = receiverOf({ store, on: {}, fingerprint: 'ignore' });
    await before.receive(ping());
    const after = receiverOf({ store: { ...store }, on: {}, fingerprint: 'reject' });
    expect(await after.receive(ping(1))).toMatchObject({ kind: 'duplicate' });
  });

  it('under a key that no item of a batch has', async () => {
    const keys: string[] = [];
    const inner = memoryStore();
    const store = {
      ...inner,
      claim: (...given: Parameters<typeof inner.claim>) => {
        keys.push(given[0]);
        return inner.claim(...given);
      },
    };
    const receiver = receiverOf({ store, on: {}, fingerprint: 'process' });
    await receiver.receive(ping());
    await receiver.receive(ping(1));
    expect(keys[2]).toMatch(/^v1\|acme\|acme\|\|evt_1\|body:[0-9a-f]{32}$/);
  });
});

describe('forget', () => {
  it('makes an event run again that is done', async () => {
    const handler = vi.fn();
    const receiver = receiverOf({ on: { ping: handler } });
    await receiver.receive(ping());
    expect(await receiver.receive(ping())).toMatchObject({ kind: 'duplicate' });
    expect(await receiver.forget('evt_1')).toBe(true);
    expect(await receiver.receive(ping())).toMatchObject({ kind: 'accepted' });
    expect(handler).toHaveBeenCalledTimes(2);
    expect(await receiver.forget('evt_2')).toBe(false);
  });

  it.each(['evt 1', 'a|b', `long ${'x'.repeat(300)}`, 'a%7Cb', '\ud800'])(
    'by the id as it is: %s',
    async (id) => {
      const receiver = receiverOf({ on: {}, dedupKey: () => id });
      await receiver.receive(ping());
      expect(await receiver.forget(id)).toBe(true);
    },
  );

  it('of one endpoint, and one tenant', async () => {
    const store = memoryStore();
    const one = receiverOf({ store, name: 'one', on: {}, tenant: 'eu' });
    const two = receiverOf({ store, name: 'two', on: {}, tenant: () => 'us' });
    await one.receive(ping());
    await two.receive(ping());
    expect(await one.forget('evt_1', { tenant: 'us' })).toBe(false);
    expect(await two.forget('evt_1', { tenant: 'us' })).toBe(true);
    expect(await one.forget('evt_1')).toBe(true);
  });

  it('asks whose, where only the event would tell', async () => {
    await expect(receiverOf({ on: {}, tenant: () => 'eu' }).forget('evt_1')).rejects.toEqual(
      refusal(/whose event/),
    );
  });

  it('has nothing to forget without a store', async () => {
    expect(await receiverOf({ on: {}, store: false }).forget('evt_1')).toBe(false);
  });

  it('says so when the store cannot', async () => {
    const { forget: _, ...store } = memoryStore();
    await expect(receiverOf({ on: {}, store }).forget('evt_1')).rejects.toThrow('cannot forget');
  });

  it.each(['report', 'reject'] as const)(
    'holds under replayGuard %s, though its content was seen',
    async (replayGuard) => {
      const handler = vi.fn();
      const onReplay = vi.fn();
      const receiver = unsignedReceiver({ on: { ping: handler }, replayGuard, hooks: { onReplay } });
      await receiver.receive(sent('a'));
      await receiver.forget('a');
      expect(await receiver.receive(sent('a'))).toMatchObject({ kind: 'accepted' });
      expect(handler).toHaveBeenCalledTimes(2);
      expect(onReplay).not.toHaveBeenCalled();
      const replayed = await receiver.receive(sent('b'));
      expect(replayed.kind).toBe(replayGuard === 'reject' ? 'duplicate' : 'accepted');
      expect(onReplay).toHaveBeenCalledOnce();
    },
  );
});

describe('a receiver is not made with', () => {
  it.each(['fingerprint', 'onMissingId', 'replayGuard'])('a word that %s does not know', (name) => {
    expect(thrownBy(() => receiverOf({ [name]: 'drop' } as Options))).toEqual(
      refusal(new RegExp(`^${name} is '`)),
    );
  });

  const method = () => {};
  it.each<[string, unknown, RegExp]>([
    [
      'Cloudflare KV',
      { get: method, put: method, getWithMetadata: method, list: method },
      /D1 or a Durable Object/,
    ],
    ['a store with get and put', { get: method, put: method }, /D1 or a Durable Object/],
    [
      'a D1 database',
      { prepare: method, batch: method, exec: method },
      /d1Store\(database\), from @countersign\/cloudflare/,
    ],
    ['an SQLite database', { prepare: method, exec: method }, /sqliteStore/],
    ['a pg Pool', { connect: method, query: method, end: method }, /postgresStore/],
    ['postgres.js', Object.assign(() => {}, { unsafe: method, begin: method }), /postgresStore/],
    ['a Redis client', { get: method, set: method, eval: method }, /redisStore\(client\), from/],
    ['keyv', { get: method, set: method, delete: method }, /redisStore\(client\) over the same server/],
    ['a Map', new Map(), /redisStore\(client\) over the same server/],
    ['unstorage', { getItem: method, setItem: method }, /redisStore\(client\) over the same server/],
    ['null', null, /^store must be a DedupStore/],
    ['text', 'redis://localhost', /^store must be a DedupStore/],
  ])('%s for a store: it says what to give instead', (_, store, message) => {
    expect(thrownBy(() => receiverOf({ store } as Options))).toEqual(refusal(message));
  });
});

describe('the environment', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it.each<[string, object | undefined]>([
    ['is not there', undefined],
    ['has no variables', {}],
    [
      'may not be read',
      {
        get env() {
          throw new Error('NotCapable: Requires env access to "NODE_ENV"');
        },
      },
    ],
  ])('may be one whose process %s', (_, process) => {
    vi.stubGlobal('process', process);
    const warn = vi.fn();
    expect(() => receiverOf({ store: memoryStore(), logger: { warn, error: warn } })).not.toThrow();
    expect(warn).not.toHaveBeenCalled();
  });
});
