import { describe, expect, it, vi } from 'vitest';
import {
  assertMount,
  createReceiver,
  defineProvider,
  type Handlers,
  hmac,
  memoryStore,
  type OpenEvents,
  PermanentError,
  type ReceiverOptions,
  reply,
} from '../src/index.ts';
import { acme, delivery, macOf, NOW, request, SECRET, thrownBy } from './support/acme.ts';
import { type Faults, memoryDatabase, type Tx } from './support/memory-database.ts';
import { settings } from './support/receiver.ts';

type Options = ReceiverOptions<OpenEvents, Record<never, never>, Tx>;

function receiverOn(on: Handlers<OpenEvents, Tx>, options: Options = {}, faults: Faults = {}) {
  const database = memoryDatabase(faults, () => NOW);
  const receiver = createReceiver(acme({ secret: SECRET }), {
    ...(settings as Omit<typeof settings, 'store' | 'on' | 'enqueue'>),
    store: database.store,
    on,
    ...options,
  });
  return { ...database, receiver };
}

const down = (): never => {
  throw new Error('ECONNREFUSED');
};

const count: Handlers<OpenEvents, Tx>[string] = async (_, { tx }) =>
  tx.set('n', (((await tx.get('n')) as number | undefined) ?? 0) + 1);

describe('a receiver with a transactional store', () => {
  it('commits the effect with the record: the duplicate is told so', async () => {
    const { receiver, rows } = receiverOn({ ping: count });
    const send = () => receiver.handle(delivery({ type: 'ping' }, { id: 'evt_1' }));
    expect(await send()).toMatchObject({ status: 200 });
    expect(await send()).toMatchObject({ status: 200, headers: { 'webhook-dedup': 'duplicate' } });
    expect(rows()).toEqual({ n: 1 });
  });

  it('answers 500 and leaves nothing when the handler throws; the next attempt runs', async () => {
    let failing = true;
    const attempts: number[] = [];
    const { receiver, rows } = receiverOn({
      async ping(event, context) {
        attempts.push(context.attempt);
        await count(event, context);
        if (failing) throw new Error('no');
      },
    });
    const send = () => receiver.handle(delivery({ type: 'ping' }, { id: 'evt_1' }));
    expect(await send()).toMatchObject({ status: 500, body: '{"error":"handler_failed"}' });
    expect(rows()).toEqual({});
    failing = false;
    expect(await send()).toMatchObject({ status: 200 });
    expect(rows()).toEqual({ n: 1 });
    expect(attempts).toEqual([1, 2]);
  });

  it.each<[string, Faults]>([
    ['cannot begin', { begin: down }],
    ['cannot commit', { commit: down }],
    ['cannot say whether it committed', { committed: down }],
  ])('answers 503 when the store %s', async (_, faults) => {
    const { receiver } = receiverOn({ ping: count }, {}, faults);
    expect(await receiver.handle(delivery())).toMatchObject({
      status: 503,
      headers: { 'retry-after': '10' },
      body: '{"error":"retry_later"}',
    });
  });

  it('answers 503 to a duplicate of what runs', async () => {
    let open = (): void => {};
    const held = new Promise<void>((resolve) => {
      open = resolve;
    });
    let began = (): void => {};
    const begun = new Promise<void>((resolve) => {
      began = resolve;
    });
    const { receiver } = receiverOn({
      ping: () => {
        began();
        return held;
      },
    });
    const first = receiver.handle(delivery({ type: 'ping' }, { id: 'evt_1' }));
    await begun;
    expect(await receiver.receive(delivery({ type: 'ping' }, { id: 'evt_1' }))).toMatchObject({
      kind: 'in-flight',
    });
    open();
    expect((await first).status).toBe(200);
  });

  it('answers 200 to an event given up for good, after its dead letter was kept', async () => {
    const told: unknown[] = [];
    const { receiver, rows, log } = receiverOn(
      {
        async ping(event, context) {
          await count(event, context);
          throw new PermanentError('no');
        },
      },
      { hooks: { onDeadLetter: (event) => void told.push(event.id, [...log]) } },
    );
    const send = () => receiver.handle(delivery({ type: 'ping' }, { id: 'evt_1' }));
    expect(await send()).toMatchObject({ status: 200 });
    expect(told).toEqual(['evt_1', ['begin', 'take']]);
    expect(await send()).toMatchObject({ headers: { 'webhook-dedup': 'duplicate' } });
    expect(rows()).toEqual({});
  });

  it('keeps a reply for duplicates, in the same transaction', async () => {
    const { receiver } = receiverOn({ ping: () => reply({ status: 202, body: { n: 1 } }) });
    const send = () => receiver.handle(delivery({ type: 'ping' }, { id: 'evt_1' }));
    expect(await send()).toMatchObject({ status: 202, body: '{"n":1}' });
    expect(await send()).toMatchObject({
      status: 202,
      body: '{"n":1}',
      headers: { 'webhook-dedup': 'duplicate' },
    });
    const broken = receiverOn({ ping: () => reply({ body: 'x' }) }, {}, { keep: down });
    expect(await broken.receiver.handle(delivery())).toMatchObject({ status: 503 });
    expect(broken.keys()).toEqual([]);
  });

  it('remembers an event that nothing handles', async () => {
    const { receiver } = receiverOn({});
    const send = () => receiver.receive(delivery({ type: 'ping' }, { id: 'evt_1' }));
    expect(await send()).toMatchObject({ kind: 'accepted', handled: false });
    expect(await send()).toMatchObject({ kind: 'duplicate' });
  });

  it('forgets an event', async () => {
    const { receiver, rows } = receiverOn({ ping: count });
    const send = () => receiver.receive(delivery({ type: 'ping' }, { id: 'evt_1' }));
    await send();
    expect(await receiver.forget('evt_1')).toBe(true);
    expect(await send()).toMatchObject({ kind: 'accepted' });
    expect(rows()).toEqual({ n: 2 });
  });
});

describe('fingerprints in a transaction', () => {
  it.each([
    ['report', 'duplicate', 1],
    ['reject', 'rejected', 1],
    ['process', 'accepted', 2],
  ] as const)('%s: the same id with another body is %s', async (fingerprint, kind, effects) => {
    const onFingerprintMismatch = vi.fn();
    const { receiver, rows } = receiverOn({ ping: count }, { fingerprint, hooks: { onFingerprintMismatch } });
    await receiver.receive(delivery({ type: 'ping' }, { id: 'evt_1' }));
    const changed = () => receiver.receive(delivery({ type: 'ping', n: 2 }, { id: 'evt_1' }));
    expect(await changed()).toMatchObject({ kind });
    expect(onFingerprintMismatch).toHaveBeenCalledOnce();
    expect((await changed()).kind).toBe(fingerprint === 'process' ? 'duplicate' : kind);
    expect(rows()).toEqual({ n: effects });
  });
});

describe('a duplicate with another body that waits for the first', () => {
  it('is told of once, however often it is looked at', async () => {
    let open = (): void => {};
    const held = new Promise<void>((resolve) => {
      open = resolve;
    });
    const onFingerprintMismatch = vi.fn();
    const { receiver, log } = receiverOn(
      { ping: () => held },
      { inFlight: { waitMs: 5000 }, hooks: { onFingerprintMismatch } },
    );
    const first = receiver.receive(delivery({ type: 'ping' }, { id: 'evt_1' }));
    await vi.waitFor(() => expect(log).toContain('take'));
    const second = receiver.receive(delivery({ type: 'ping', n: 2 }, { id: 'evt_1' }));
    await vi.waitFor(() => expect(log.filter((step) => step === 'take').length).toBeGreaterThan(3));
    open();
    expect(await first).toMatchObject({ kind: 'accepted' });
    expect(await second).toMatchObject({ kind: 'duplicate' });
    expect(onFingerprintMismatch).toHaveBeenCalledOnce();
  });
});

describe('replayGuard in a transaction', () => {
  const unsigned = defineProvider({
    name: 'unsigned',
    scheme: hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] }),
    id: { header: 'x-id' },
    type: { payload: 'type' },
  })({ secret: SECRET });
  const body = '{"type":"ping"}';
  const sent = (id: string) =>
    request({
      body,
      headers: { 'x-id': id, 'x-signature': macOf('sha256', SECRET, body).toString('hex') },
    });

  function guarded(on: Handlers<OpenEvents, Tx>, replayGuard: 'report' | 'reject') {
    const database = memoryDatabase({}, () => NOW);
    const onReplay = vi.fn();
    const store = database.store;
    const receiver = createReceiver(unsigned, { logger: false, store, on, replayGuard, hooks: { onReplay } });
    return { ...database, receiver, onReplay };
  }

  it('reject: signed content under a new id is a duplicate, and takes nothing', async () => {
    const { receiver, rows, keys, onReplay } = guarded({ ping: count }, 'reject');
    expect(await receiver.receive(sent('a'))).toMatchObject({ kind: 'accepted' });
    expect(keys()).toHaveLength(2);
    expect(await receiver.receive(sent('b'))).toMatchObject({ kind: 'duplicate' });
    expect(keys()).toHaveLength(2);
    expect(onReplay).toHaveBeenCalledOnce();
    expect(rows()).toEqual({ n: 1 });
  });

  it('report: it runs', async () => {
    const { receiver, rows, onReplay } = guarded({ ping: count }, 'report');
    await receiver.receive(sent('a'));
    expect(await receiver.receive(sent('b'))).toMatchObject({ kind: 'accepted' });
    expect(onReplay).toHaveBeenCalledOnce();
    expect(rows()).toEqual({ n: 2 });
  });

  it('rolls both keys back with the handler', async () => {
    let failing = true;
    const handlers: Handlers<OpenEvents, Tx> = { ping: (...given) => (failing ? down() : count(...given)) };
    const { receiver, rows } = guarded(handlers, 'reject');
    expect(await receiver.receive(sent('a'))).toMatchObject({ kind: 'failed' });
    failing = false;
    expect(await receiver.receive(sent('a'))).toMatchObject({ kind: 'accepted' });
    expect(rows()).toEqual({ n: 1 });
  });

  it.each([
    ['done', count],
    ['given up', () => Promise.reject(new PermanentError('no'))],
  ] as const)('lets an event that was %s and forgotten run again', async (_, first) => {
    let handler: Handlers<OpenEvents, Tx>[string] = first;
    const { receiver, onReplay } = guarded({ ping: (...given) => handler(...given) }, 'reject');
    await receiver.receive(sent('a'));
    expect(await receiver.forget('a')).toBe(true);
    handler = count;
    expect(await receiver.receive(sent('a'))).toMatchObject({ kind: 'accepted' });
    expect(onReplay).not.toHaveBeenCalled();
  });
});

describe('a transaction cannot be held open for a route', () => {
  const { store } = memoryDatabase();
  const provider = acme({ secret: SECRET });

  it('so that a receiver needs handlers', () => {
    expect(thrownBy(() => createReceiver(provider, { store, logger: false }))).toMatchObject({
      name: 'TypeError',
      code: 'ERR_WEBHOOK_CONFIG_OPTION',
      message: expect.stringMatching(/give the receiver `on`.*webhook\(\)/),
    });
  });

  it('and open() refuses it', async () => {
    const receiver = createReceiver(provider, { store, on: {}, logger: false });
    await expect(receiver.open(delivery())).rejects.toMatchObject({
      name: 'TypeError',
      code: 'ERR_WEBHOOK_CONFIG_MOUNT',
      message: expect.stringContaining('webhook()'),
    });
    expect(thrownBy(() => assertMount(receiver, 'verifyWebhook'))).toBeInstanceOf(TypeError);
    expect(thrownBy(() => assertMount(receiver, 'webhook'))).toBeUndefined();
  });

  it('takes a name like any other store', () => {
    const database = memoryDatabase();
    createReceiver(provider, { store: database.store, on: {}, logger: false });
    expect(
      thrownBy(() => createReceiver(provider, { store: database.store, on: {}, logger: false })),
    ).toMatchObject({
      code: 'ERR_WEBHOOK_CONFIG_NAME_TAKEN',
    });
  });

  it('nor is a lease store taken for a transactional one', async () => {
    const receiver = createReceiver(provider, { store: memoryStore(), logger: false, now: () => NOW });
    expect((await receiver.open(delivery())).event?.type).toBe('ping');
  });
});
