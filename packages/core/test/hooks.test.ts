import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createReceiver,
  type Hooks,
  PermanentError,
  type WebhookEvent,
  type WebhookRequest,
} from '../src/index.ts';
import { acme, delivery, macOf, NOW, request, SECRET } from './support/acme.ts';
import { fails, type Options, receiverOf, unauthorized } from './support/receiver.ts';

type Call = [name: string, ...arguments_: unknown[]];

/** Hooks that remember how they were called. */
function recorder() {
  const calls: Call[] = [];
  const names = [
    'onAccepted',
    'onDuplicate',
    'onInFlight',
    'onHandshake',
    'onRejected',
    'onFailed',
    'onDeadLetter',
  ] as const;
  const hooks = Object.fromEntries(
    names.map((name) => [name, (...given: unknown[]) => void calls.push([name, ...given])]),
  );
  return { calls, hooks: hooks as Hooks<WebhookEvent> };
}

function logbook() {
  const lines: [level: string, text: string][] = [];
  const logger = {
    warn: (text: string) => void lines.push(['warn', text]),
    error: (text: string) => void lines.push(['error', text]),
  };
  return { lines, logger };
}

const forged = (): WebhookRequest => delivery({}, { secret: 'other' });

const boom = new Error('no');

describe('a hook', () => {
  const dead = new PermanentError('no such order');

  it.each<[string, Options, () => WebhookRequest, (event: unknown) => Call[]]>([
    [
      'of an event that was handled',
      { on: { ping: () => {} } },
      delivery,
      (event) => [['onAccepted', event, { handled: true }]],
    ],
    [
      'of an event that nothing handles',
      {},
      delivery,
      (event) => [['onAccepted', event, { handled: false }]],
    ],
    [
      'of a delivery that was refused',
      {},
      forged,
      () => [['onRejected', expect.objectContaining({ code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH' })]],
    ],
    [
      'of a failure before there was an event',
      {},
      () => ({ ...delivery(), bodyUsed: true }),
      () => [['onFailed', expect.objectContaining({ code: 'ERR_WEBHOOK_BODY_CONSUMED' }), undefined]],
    ],
    [
      'of a handler that failed',
      { on: { ping: fails(boom) } },
      delivery,
      (event) => [
        ['onFailed', expect.objectContaining({ code: 'ERR_WEBHOOK_HANDLER_FAILED', cause: boom }), event],
      ],
    ],
    [
      'of an event given up for good',
      { on: { ping: fails(dead) } },
      delivery,
      (event) => [
        ['onDeadLetter', event, dead],
        ['onFailed', expect.objectContaining({ code: 'ERR_WEBHOOK_PERMANENT', cause: dead }), event],
      ],
    ],
  ])('is told %s, once', async (_, options, sent, wanted) => {
    const { calls, hooks } = recorder();
    await receiverOf({ ...options, hooks }).receive(sent());
    expect(calls).toEqual(wanted(expect.objectContaining({ type: 'ping', provider: 'acme' })));
  });

  it('is a method of its object', async () => {
    class Metrics implements Hooks<WebhookEvent> {
      rejected = 0;
      onRejected() {
        this.rejected++;
      }
    }
    const metrics = new Metrics();
    await receiverOf({ hooks: metrics }).receive(forged());
    expect(metrics.rejected).toBe(1);
  });

  it('that throws is reported, and changes nothing', async () => {
    const { lines, logger } = logbook();
    const receiver = receiverOf({ logger, hooks: { onAccepted: fails(new RangeError('too many')) } });
    expect((await receiver.handle(delivery())).status).toBe(200);
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    expect(lines[0]).toEqual([
      'error',
      expect.stringMatching(
        /acme: the hook onAccepted threw, which changes nothing \(RangeError: too many\)/,
      ),
    ]);
  });

  it.each(['onAccepted', 'onRejected', 'onFailed', 'onMissingId', 'onDeadLetter'])(
    'that cannot even be read changes nothing: %s',
    async (name) => {
      const hooks = Object.defineProperty({}, name, { get: fails(boom) });
      expect((await receiverOf({ hooks }).handle(delivery())).status).toBe(200);
      expect((await receiverOf({ hooks }).handle(forged())).status).toBe(401);
      expect((await receiverOf({ hooks, on: { ping: fails(boom) } }).handle(delivery())).status).toBe(500);
      expect((await receiverOf({ hooks, on: { ping: fails(dead) } }).handle(delivery())).status).toBe(200);
    },
  );

  it('that hangs is not waited for', async () => {
    const hanging = () => new Promise(() => {});
    const hooks = { onAccepted: hanging, onRejected: hanging, onFailed: hanging };
    expect((await receiverOf({ hooks }).handle(delivery())).status).toBe(200);
    expect((await receiverOf({ hooks }).handle(forged())).status).toBe(401);
    expect((await receiverOf({ hooks, on: { ping: fails(boom) } }).handle(delivery())).status).toBe(500);
  });

  it('that changes what it is told changes no answer', async () => {
    const onRejected = (error: object) => void Object.assign(error, { status: 200, answer: 'ok', code: 'E' });
    const hooks = { onRejected, onFailed: onRejected };
    expect(await receiverOf({ hooks }).handle(forged())).toMatchObject({
      status: 401,
      body: '{"error":"signature_invalid"}',
    });
    const failing = receiverOf({ hooks, on: { ping: fails(boom) } });
    expect(await failing.handle(delivery())).toMatchObject({
      status: 500,
      body: '{"error":"handler_failed"}',
    });
  });

  it('for dead letters is waited for', async () => {
    let kept = false;
    const onDeadLetter = async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      kept = true;
    };
    await receiverOf({ hooks: { onDeadLetter }, on: { ping: fails(dead) } }).handle(delivery());
    expect(kept).toBe(true);
  });
});

describe('a logger', () => {
  const unhandled = vi.fn();
  beforeEach(() => void process.on('unhandledRejection', unhandled));
  afterEach(() => void process.off('unhandledRejection', unhandled));

  it.each<[string, () => unknown]>([
    ['throws', fails(boom)],
    ['rejects', () => Promise.reject(boom)],
    ['rejects with a promise of another realm', () => runInNewContext('Promise.reject(1)')],
    // biome-ignore lint/suspicious/noThenProperty: that is what cannot be awaited
    ['answers with what cannot be awaited', () => ({ then: fails(boom) })],
  ])('that %s keeps nobody from making a receiver, or from being told', async (_, log) => {
    const logger = { warn: vi.fn(log), error: vi.fn(log) };
    // Where a store of one process is warned of.
    vi.stubEnv('NODE_ENV', 'production');
    const receiver = receiverOf({ logger });
    vi.unstubAllEnvs();
    expect(logger.warn).toHaveBeenCalledOnce();
    expect((await receiver.handle(forged())).status).toBe(401);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(unhandled).not.toHaveBeenCalled();
  });
});

describe('the log', () => {
  it('is quiet about what goes well', async () => {
    const { lines, logger } = logbook();
    await receiverOf({ logger, on: { ping: () => {} } }).receive(delivery());
    expect(lines).toEqual([]);
  });

  it('says what to change, under the name of the endpoint', async () => {
    const { lines, logger } = logbook();
    await createReceiver(acme({ secret: SECRET }), { name: 'eu', logger, now: () => NOW }).receive(
      request({ body: '{}' }),
    );
    expect(lines).toEqual([
      [
        'warn',
        expect.stringMatching(
          /^\[countersign] eu: 401 ERR_WEBHOOK_SIGNATURE_MISSING: there is no x-acme-signature header/,
        ),
      ],
    ]);
  });

  it('tells of rejections of one kind once a minute, and how many they were', async () => {
    let now = NOW;
    const { lines, logger } = logbook();
    const receiver = receiverOf({ logger, now: () => now });
    const knock = async (times: number) => {
      const before = lines.length;
      for (let time = 0; time < times; time++) await receiver.receive(forged());
      return lines.slice(before).map(([, text]) => /\((and .*)\)$/.exec(text)?.[1] ?? 'alone');
    };
    expect(await knock(5)).toEqual(['alone']);
    now += 59_999;
    expect(await knock(2)).toEqual([]);
    now += 1;
    expect(await knock(3)).toEqual(['and 6 more like it']);
    now += 60_000;
    expect(await knock(1)).toEqual(['and 2 more like it']);
    now += 60_000;
    expect(await knock(1)).toEqual(['alone']);
  });

  it('keeps each kind apart', async () => {
    const { lines, logger } = logbook();
    const receiver = receiverOf({ logger });
    for (let round = 0; round < 3; round++)
      for (const [, sent] of unauthorized) await receiver.receive(sent());
    const codes = lines.map(([, text]) => /ERR_\w+/.exec(text)?.[0]);
    expect(codes).toEqual(unauthorized.map(([code]) => code));
  });

  it('keeps each receiver apart', async () => {
    const { lines, logger } = logbook();
    for (const receiver of [receiverOf({ logger }), receiverOf({ logger })]) await receiver.receive(forged());
    expect(lines).toHaveLength(2);
  });

  it('tells of every rejection to the hook', async () => {
    const { calls, hooks } = recorder();
    const receiver = receiverOf({ hooks });
    for (let round = 0; round < 3; round++) await receiver.receive(forged());
    expect(calls).toHaveLength(3);
  });

  it('tells of failures at once, each of them', async () => {
    const { lines, logger } = logbook();
    const receiver = receiverOf({ logger, on: { ping: fails(new RangeError('too many')) } });
    for (let round = 0; round < 3; round++) await receiver.receive(delivery());
    expect(lines).toHaveLength(3);
    for (const line of lines)
      expect(line).toEqual([
        'error',
        expect.stringMatching(/500 ERR_WEBHOOK_HANDLER_FAILED: .*\(RangeError: too many\)$/),
      ]);
  });

  it('holds no secret, signature or payload', async () => {
    const { lines, logger } = logbook();
    const { calls, hooks } = recorder();
    const payload = { type: 'ping', card: '4242-4242' };
    const body = JSON.stringify(payload);
    const time = String(NOW / 1000);
    const expected = macOf('sha256', SECRET, 'evt_0', '.', time, '.', body).toString('hex');
    const receiver = receiverOf({ logger, hooks, on: { ping: fails(new Error('no')) } });
    const wrong = [
      delivery(payload, { id: 'evt_0', headers: { 'x-acme-signature': 'ab'.repeat(32) } }),
      delivery(payload, { id: 'evt_0', headers: { 'x-acme-signature': expected.toUpperCase() } }),
      delivery(payload, { id: 'evt_0', headers: { 'x-acme-timestamp': String(NOW / 1000 + 1) } }),
      delivery(payload, { id: 'evt_1', timestamp: '1' }),
      delivery(payload, { id: 'evt.2' }),
      delivery(payload, { id: 'evt_3' }),
      delivery(payload, { id: 'evt_4', body: body.slice(1) }),
      delivery(payload, { id: 'evt_5', headers: { 'content-encoding': 'gzip' } }),
      { ...delivery(payload, { id: 'evt_6' }), bodyUsed: true },
    ];
    for (const sent of wrong) {
      const { body: answer } = await receiver.handle(sent);
      lines.push(['answer', answer]);
    }
    for (const [name, error] of calls) lines.push([name, String((error as Error).message)]);
    expect(lines.length).toBeGreaterThan(wrong.length * 2);
    for (const [, text] of lines) {
      for (const part of [SECRET, expected.slice(0, 12), 'ab'.repeat(6), '4242', 'card'])
        expect(text.toLowerCase()).not.toContain(part.toLowerCase());
    }
  });
});

describe('without a logger of its own a receiver', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('speaks to the console', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const receiver = createReceiver(acme({ secret: SECRET }), {
      now: () => NOW,
      on: { ping: fails(new Error('no')) },
    });
    await receiver.receive(forged());
    await receiver.receive(delivery());
    expect(warn.mock.calls).toEqual([[expect.stringContaining('ERR_WEBHOOK_SIGNATURE_MISMATCH')]]);
    expect(error.mock.calls).toEqual([[expect.stringContaining('ERR_WEBHOOK_HANDLER_FAILED')]]);
  });

  it('is silent when told to be', async () => {
    const spies = (['log', 'info', 'warn', 'error'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation(() => {}),
    );
    const receiver = createReceiver(acme({ secret: SECRET }), {
      now: () => NOW,
      logger: false,
      on: { ping: fails(new Error('no')) },
    });
    await receiver.receive(forged());
    await receiver.receive(delivery());
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });
});
