import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { createReceiver, type StandardSchemaV1, WebhookError } from '../src/index.ts';
import { acme, delivery, NOW, SECRET } from './support/acme.ts';

type Result<Output> = ReturnType<StandardSchemaV1<unknown, Output>['~standard']['validate']>;

/** As zod, valibot and arktype make them. */
const schemaOf = <Output>(
  validate: (value: unknown) => Result<Output>,
): StandardSchemaV1<unknown, Output> => ({
  '~standard': { version: 1, vendor: 'test', validate },
});

interface Invoice {
  readonly amount: bigint;
  readonly paid: Date;
}

const amountOf = (value: unknown): unknown => (value as { amount?: unknown } | null)?.amount;

const checked = (value: unknown) =>
  typeof amountOf(value) === 'number'
    ? { value: { amount: BigInt(amountOf(value) as number), paid: new Date(NOW) } }
    : { issues: [{ message: `amount must be a number, not ${String(amountOf(value))}`, path: ['amount'] }] };

const sync = schemaOf<Invoice>(checked);
const async = schemaOf<Invoice>(async (value) => checked(value));

const settings = { logger: false, now: () => NOW } as const;
const paid = (amount: unknown) => delivery({ type: 'invoice.paid', amount });

describe.each<[string, StandardSchemaV1<unknown, Invoice>]>([
  ['at once', sync],
  ['later', async],
])('a schema that answers %s', (_, schema) => {
  it('makes the payload', async () => {
    const seen: Invoice[] = [];
    const receiver = createReceiver(acme({ secret: SECRET }), {
      ...settings,
      schemas: { 'invoice.paid': schema },
      on: { 'invoice.paid': ({ payload }) => void seen.push(payload) },
    });
    expect((await receiver.handle(paid(5))).status).toBe(200);
    expect(seen).toEqual([{ amount: 5n, paid: new Date(NOW) }]);
    expect((await receiver.verify(paid(6))).payload.amount).toBe(6n);
    const opened = await receiver.open(paid(7));
    expect(opened.event?.payload.amount).toBe(7n);
  });

  it('leaves the rest of the event', async () => {
    const sent = delivery({ type: 'invoice.paid', amount: 5 }, { id: 'evt_schema' });
    const receiver = createReceiver(acme({ secret: SECRET }), {
      ...settings,
      schemas: { 'invoice.paid': schema },
    });
    const plain = await createReceiver(acme({ secret: SECRET }), settings).verify(sent);
    expect(await receiver.verify(sent)).toEqual({ ...plain, payload: { amount: 5n, paid: new Date(NOW) } });
  });

  it('that refuses is 400, and no handler runs', async () => {
    const lines: string[] = [];
    const logger = {
      warn: (line: string) => void lines.push(line),
      error: (line: string) => void lines.push(line),
    };
    let handled = 0;
    const receiver = createReceiver(acme({ secret: SECRET }), {
      ...settings,
      logger,
      schemas: { 'invoice.paid': schema },
      on: { 'invoice.paid': () => void handled++, '*': () => void handled++ },
    });
    const outcome = await receiver.receive(paid('hush-5512'));
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'ERR_WEBHOOK_PAYLOAD_REFUSED' });
    expect(await receiver.handle(paid('hush-5512'))).toMatchObject({
      status: 400,
      body: '{"error":"payload_invalid"}',
    });
    await expect(receiver.verify(paid('hush-5512'))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_PAYLOAD_REFUSED',
      status: 400,
    });
    expect(handled).toBe(0);
    expect(lines).toEqual([
      expect.stringMatching(
        /400 ERR_WEBHOOK_PAYLOAD_REFUSED: the schema for "invoice\.paid" refuses amount:/,
      ),
    ]);
    expect(lines[0]).not.toContain('hush');
  });

  it('that refuses lets a quarantine take the event', async () => {
    const kept: unknown[] = [];
    const receiver = createReceiver(acme({ secret: SECRET }), {
      ...settings,
      schemas: { 'invoice.paid': schema },
      on: { 'invoice.paid': () => expect.fail('the handler ran') },
      quarantine: async ({ type, payload }, issues) => void kept.push([type, payload, issues]),
    });
    expect(await receiver.receive(paid('x'))).toMatchObject({ kind: 'accepted' });
    expect((await receiver.open(paid('x'))).response).toMatchObject({ status: 200 });
    await expect(receiver.verify(paid('x'))).rejects.toMatchObject({ code: 'ERR_WEBHOOK_PAYLOAD_REFUSED' });
    const issues = [{ message: 'amount must be a number, not x', path: ['amount'] }];
    const raw = { type: 'invoice.paid', amount: 'x' };
    expect(kept).toEqual([
      ['invoice.paid', raw, issues],
      ['invoice.paid', raw, issues],
    ]);
  });
});

describe('a schema that calls itself', () => {
  const nested = (levels: number): string =>
    `{"type":"invoice.paid","in":${'['.repeat(levels)}${']'.repeat(levels)}}`;
  const depthOf = (value: unknown): number =>
    1 + (Array.isArray(value) ? Math.max(0, ...value.map(depthOf)) : 0);
  const descending = schemaOf<number>((value) => ({ value: depthOf((value as { in: unknown }).in) }));
  const receiverWith = (schema: StandardSchemaV1, quarantine?: (event: unknown, issues: unknown) => void) =>
    createReceiver(acme({ secret: SECRET }), {
      ...settings,
      schemas: { 'invoice.paid': schema },
      on: { '*': () => expect.fail('the handler ran') },
      ...(quarantine && { quarantine }),
    });

  it.each([10_000, 400_000])(
    'refuses what is nested %i levels deep: 400, and says why inside',
    async (levels) => {
      const sent = delivery({}, { body: nested(levels) });
      const receiver = receiverWith(descending);
      expect(await receiver.handle(sent)).toMatchObject({ status: 400, body: '{"error":"payload_invalid"}' });
      await expect(receiver.verify(sent)).rejects.toMatchObject({
        code: 'ERR_WEBHOOK_PAYLOAD_REFUSED',
        message: expect.stringMatching(
          /nested deeper than 256 levels.*give a schema that does not call itself/,
        ),
      });
    },
  );

  it('leaves what it cannot descend to a quarantine', async () => {
    const kept: unknown[] = [];
    const receiver = receiverWith(descending, (_, issues) => void kept.push(issues));
    expect((await receiver.handle(delivery({}, { body: nested(10_000) }))).status).toBe(200);
    expect(kept).toEqual([[{ message: expect.stringContaining('nested deeper than 256 levels') }]]);
  });

  it.each([
    ['a stack that is full for another reason', 200, 'Maximum call stack size exceeded', RangeError],
    ['another failure over a deep payload', 10_000, 'a mistake', TypeError],
  ])('is at fault itself for %s: 500', async (_, levels, message, Failure) => {
    const failing = schemaOf<never>(() => {
      throw new Failure(message);
    });
    const sent = delivery({}, { body: nested(levels) });
    expect(await receiverWith(failing).handle(sent)).toMatchObject({ status: 500 });
  });
});

describe('a schema', () => {
  it('is asked for its own type only', async () => {
    const receiver = createReceiver(acme({ secret: SECRET }), {
      ...settings,
      schemas: { 'invoice.paid': sync },
    });
    for (const type of ['invoice.paid.v2', 'toString', '__proto__', 'constructor', '']) {
      expect(await receiver.receive(delivery({ type }))).toMatchObject({
        kind: 'accepted',
        handled: false,
        event: { payload: { type } },
      });
    }
  });

  it('may be for a prototype name', async () => {
    const refusing = schemaOf<never>(() => ({ issues: [{ message: 'no' }] }));
    const schemas = JSON.parse('{"__proto__":0}');
    Object.defineProperty(schemas, '__proto__', { value: refusing, enumerable: true });
    const receiver = createReceiver(acme({ secret: SECRET }), { ...settings, schemas });
    expect(await receiver.receive(delivery(JSON.parse('{"type":"__proto__"}')))).toMatchObject({
      code: 'ERR_WEBHOOK_PAYLOAD_REFUSED',
    });
  });

  it('sees what was signed, and only after the signature', async () => {
    const seen: unknown[] = [];
    const curious = schemaOf<unknown>((value) => {
      seen.push(value);
      return { value };
    });
    const receiver = createReceiver(acme({ secret: SECRET }), { ...settings, schemas: { ping: curious } });
    await receiver.receive(delivery({ type: 'ping', n: 1 }, { secret: 'other' }));
    await receiver.receive(delivery({ type: 'ping', n: 2 }, { timestamp: '1' }));
    expect(seen).toEqual([]);
    await receiver.receive(delivery({ type: 'ping', n: 3 }));
    expect(seen).toEqual([{ type: 'ping', n: 3 }]);
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['false', false],
    ['a text', 'text'],
  ])('may make of a payload %s', async (_, value) => {
    const receiver = createReceiver(acme({ secret: SECRET }), {
      ...settings,
      schemas: { ping: schemaOf(() => ({ value })) },
    });
    expect((await receiver.verify(delivery())).payload).toBe(value);
  });

  it.each<[string, NonNullable<Awaited<Result<never>>['issues']>, string]>([
    ['at the root', [{ message: 'no' }], '(root)'],
    ['at a path', [{ message: 'no', path: ['a', 0, 'b'] }], 'a.0.b'],
    ['at a path of segments', [{ message: 'no', path: [{ key: 'a' }, { key: 1 }] }], 'a.1'],
    ['at a symbol', [{ message: 'no', path: [Symbol('s')] }], 'Symbol(s)'],
    ['at a key that is no name', [{ message: 'no', path: ['by', 'ada@example.com', 0] }], 'by.*.0'],
    ['at a key that is a line of its own', [{ message: 'no', path: ['a\n[countersign] b'] }], '*'],
    ['at a key without end', [{ message: 'no', path: ['a'.repeat(65)] }], '*'],
    ['at an empty path', [{ message: 'no', path: [] }], '(root)'],
    [
      'at two places',
      [
        { message: 'no', path: ['a'] },
        { message: 'no', path: ['b'] },
      ],
      'a, b',
    ],
    [
      'at more than five',
      'abcdefg'.split('').map((key) => ({ message: 'no', path: [key] })),
      'a, b, c, d, e:',
    ],
  ])('that refuses names where: %s', async (_, issues, where) => {
    const receiver = createReceiver(acme({ secret: SECRET }), {
      ...settings,
      schemas: { ping: schemaOf<never>(() => ({ issues })) },
    });
    const error = await receiver.verify(delivery()).catch((thrown: WebhookError) => thrown);
    expect(error).toMatchObject({
      code: 'ERR_WEBHOOK_PAYLOAD_REFUSED',
      message: expect.stringContaining(`refuses ${where}`),
    });
  });

  it('that quotes the payload is quoted to nobody but the quarantine', async () => {
    const quoting = schemaOf<never>(async (value) => ({ issues: [{ message: JSON.stringify(value) }] }));
    const told: unknown[] = [];
    const tell = (what: unknown) => void told.push(what);
    const settingsOf = (more: object) => ({
      ...settings,
      schemas: { ping: quoting },
      logger: { warn: tell, error: tell },
      hooks: { onRejected: tell },
      ...more,
    });
    const sent = () => delivery({ type: 'ping', card: '4242-4242' });
    const receiver = createReceiver(acme({ secret: SECRET }), settingsOf({}));
    await receiver.receive(sent());
    await receiver.verify(sent()).catch(tell);
    expect(told).toHaveLength(3);
    expect(inspect(told, { depth: Infinity, showHidden: true })).not.toContain('4242');
    const quarantine = vi.fn();
    await createReceiver(acme({ secret: SECRET }), settingsOf({ quarantine })).receive(sent());
    expect(quarantine.mock.calls[0]?.[1]).toEqual([{ message: expect.stringContaining('4242') }]);
  });

  it.each<[string, unknown, number]>([
    ['an Error is our fault', new Error('no'), 500],
    ['null is our fault', null, 500],
    ['an error of ours says whose fault it is', new WebhookError('ERR_WEBHOOK_PAYLOAD_INVALID', 'no'), 400],
  ])('that throws %s, and is no case for the quarantine', async (_, cause, status) => {
    let kept = 0;
    const broken = schemaOf<never>(() => {
      throw cause;
    });
    const quarantine = () => void kept++;
    const receiver = createReceiver(acme({ secret: SECRET }), {
      ...settings,
      schemas: { ping: broken },
      quarantine,
    });
    expect((await receiver.handle(delivery())).status).toBe(status);
    expect(kept).toBe(0);
  });

  it('a quarantine that throws lets the sender come again: 500', async () => {
    const refusing = schemaOf<never>(() => ({ issues: [{ message: 'no' }] }));
    const quarantine = () => Promise.reject(new Error('the queue is full'));
    const receiver = createReceiver(acme({ secret: SECRET }), {
      ...settings,
      schemas: { ping: refusing },
      quarantine,
    });
    expect(await receiver.handle(delivery())).toMatchObject({
      status: 500,
      body: '{"error":"handler_failed"}',
    });
  });
});

it('a path that a schema objects to does not choose how long a line of the log is', async () => {
  const path = Array.from({ length: 5000 }, () => 'a'.repeat(60));
  const refusing = schemaOf<unknown>(() => ({ issues: [{ message: 'no', path }] }));
  const receiver = createReceiver(acme({ secret: SECRET }), {
    ...settings,
    schemas: { 'invoice.paid': refusing },
  });
  const { message } = (await receiver
    .verify(delivery({ type: 'invoice.paid' }))
    .catch((error: Error) => error)) as Error;
  expect(message).toContain('aaa…');
  expect(message.length).toBeLessThan(1200);
});
