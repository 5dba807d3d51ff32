import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createReceiver,
  defineProvider,
  type Handshake,
  hmac,
  type OpenEvents,
  type OutcomeKind,
  PermanentError,
  type Provider,
  type ProviderRecord,
  type PublicUrl,
  type StandardSchemaV1,
  WebhookError,
  type WebhookRequest,
} from '../src/index.ts';
import { delivery, macOf, NOW, request, SECRET } from './support/acme.ts';
import { fails, fetched, type Options, receiverOf, settings } from './support/receiver.ts';

const refusing = (name: string): Error =>
  Object.defineProperty(new Error('no'), name, {
    get() {
      throw new Error('not to be read');
    },
  });

const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

/** What somebody's code may throw. */
const thrown: [string, unknown][] = [
  ['an Error', new Error('no')],
  ['null', null],
  ['undefined', undefined],
  ['a text', 'no'],
  ['an object without a prototype', Object.create(null)],
  ['what looks like one of ours', { name: 'WebhookError', code: 'ERR_WEBHOOK_METHOD', status: 200 }],
  [
    'an Error that looks like one of ours',
    Object.assign(new Error('no'), { name: 'WebhookError', code: 'E', status: 200, answer: 'ok' }),
  ],
  ['one of ours that is no failure', new WebhookError('ERR_WEBHOOK_PERMANENT', 'no')],
  ['an Error without a readable name', refusing('name')],
  ['an Error without a readable message', refusing('message')],
  ['an Error without a readable code', refusing('code')],
  ['an Error whose message is a symbol', Object.assign(new Error('no'), { message: Symbol('no') })],
  ['a revoked Proxy', revoked],
  ['an Error with a status', Object.assign(new Error('no'), { status: 200, code: 'ERR_WEBHOOK_METHOD' })],
];

const rejects = (cause: unknown) => async () => {
  throw cause;
};
const schema = (validate: () => never): StandardSchemaV1 => ({
  '~standard': { version: 1, vendor: 'test', validate },
});

const BODY = '{"type":"ping"}';
const record: ProviderRecord<'secret'> = {
  name: 'own',
  scheme: hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] }),
  type: { payload: 'type' },
};
const sent = () =>
  request({ body: BODY, headers: { 'x-signature': macOf('sha256', SECRET, BODY).toString('hex') } });
const own = (more: Partial<ProviderRecord<'secret'>>) =>
  defineProvider({ ...record, ...more })({ secret: SECRET });
const answers = (stage: Handshake['stage'], cause: unknown): Handshake => ({
  name: 'h',
  stage,
  methods: [],
  answer: fails(cause),
});
const signsUrl = defineProvider<'secret', OpenEvents, { publicUrl: PublicUrl }>({
  ...record,
  scheme: hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['url', 'body'] }),
});

/** Something went wrong in the process that nobody would have caught. */
const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => void process.on('unhandledRejection', note));
afterEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off('unhandledRejection', note);
  expect(unhandled.splice(0)).toEqual([]);
});

describe('receive() never rejects', () => {
  describe.each(thrown)('when %s is thrown', (_, cause) => {
    it.each<[string, Options, () => WebhookRequest, OutcomeKind]>([
      ['now', { now: fails(cause) }, delivery, 'failed'],
      [
        'now, for a request that is refused',
        { now: fails(cause) },
        () => request({ method: 'GET' }),
        'rejected',
      ],
      ['now, later', { now: laterThrowing(cause) }, () => delivery({}, { secret: 'other' }), 'rejected'],
      ['the handler', { on: { ping: fails(cause) } }, delivery, 'failed'],
      ['the handler, later', { on: { ping: rejects(cause) } }, delivery, 'failed'],
      ['the tenant', { tenant: fails(cause) }, delivery, 'failed'],
      ['the dedup key', { dedupKey: fails(cause) }, delivery, 'failed'],
      ['the schema', { schemas: { ping: schema(fails(cause)) } }, delivery, 'failed'],
      ['the schema, later', { schemas: { ping: schema(rejects(cause) as () => never) } }, delivery, 'failed'],
      [
        'the logger',
        { logger: { warn: fails(cause), error: fails(cause) } },
        () => delivery({}, { secret: 'other' }),
        'rejected',
      ],
      [
        'the logger, of a failure',
        { logger: { warn: fails(cause), error: fails(cause) }, on: { ping: fails(cause) } },
        delivery,
        'failed',
      ],
      [
        'the logger, later',
        { logger: { warn: rejects(cause), error: rejects(cause) } },
        () => delivery({}, { secret: 'other' }),
        'rejected',
      ],
      ['onAccepted', { hooks: { onAccepted: fails(cause) } }, delivery, 'accepted'],
      ['onAccepted, later', { hooks: { onAccepted: rejects(cause) } }, delivery, 'accepted'],
      [
        'onAccepted, and the logger',
        { hooks: { onAccepted: fails(cause) }, logger: { warn: fails(cause), error: fails(cause) } },
        delivery,
        'accepted',
      ],
      [
        'onRejected',
        { hooks: { onRejected: fails(cause) } },
        () => delivery({}, { secret: 'other' }),
        'rejected',
      ],
      ['onFailed', { hooks: { onFailed: rejects(cause) }, on: { ping: fails(cause) } }, delivery, 'failed'],
      [
        'onDeadLetter',
        { hooks: { onDeadLetter: rejects(cause) }, on: { ping: fails(new PermanentError('no')) } },
        delivery,
        'failed',
      ],
      ['the headers', {}, () => ({ ...delivery(), headers: { get: fails(cause) } }), 'failed'],
      [
        'the body',
        {},
        () => Object.defineProperty({ ...delivery() }, 'body', { get: fails(cause) }),
        'failed',
      ],
      [
        'the method',
        {},
        () => Object.defineProperty({ ...delivery() }, 'method', { get: fails(cause) }),
        'failed',
      ],
    ])('by %s', async (_, options, sentBy, kind) => {
      expect(await receiverOf(options).receive(sentBy())).toMatchObject({ kind });
    });

    it.each<[string, () => Provider<OpenEvents>, OutcomeKind]>([
      ['the secret resolver', () => defineProvider(record)({ secret: fails(cause) }), 'failed'],
      ['the secret resolver, later', () => defineProvider(record)({ secret: rejects(cause) }), 'failed'],
      ['publicUrl', () => signsUrl({ secret: SECRET, publicUrl: fails(cause) }), 'failed'],
      ['a handshake by request', () => own({ handshakes: [answers('request', cause)] }), 'failed'],
      ['a handshake by body', () => own({ handshakes: [answers('body', cause)] }), 'failed'],
      ['a handshake by event', () => own({ handshakes: [answers('event', cause)] }), 'failed'],
      ['the payload format', () => own({ payload: { name: 'other', parse: fails(cause) } }), 'rejected'],
      [
        'a scheme',
        () =>
          own({
            scheme: {
              ...record.scheme,
              key: () => ({ verify: fails(cause) }),
            } as ProviderRecord<'secret'>['scheme'],
          }),
        'failed',
      ],
      [
        'a scheme, later',
        () =>
          own({
            scheme: {
              ...record.scheme,
              key: () => ({ verify: rejects(cause) }),
            } as ProviderRecord<'secret'>['scheme'],
          }),
        'failed',
      ],
    ])('by %s', async (_, provider, kind) => {
      expect(await createReceiver(provider(), settings).receive(sent())).toMatchObject({ kind });
    });

    it.each<[string, Options]>([
      ['the clock', { now: fails(cause) }],
      ['the tenant', { tenant: fails(cause) }],
      ['the dedup key', { dedupKey: fails(cause) }],
      ['the schema', { schemas: { ping: schema(fails(cause)) } }],
    ])('and tells nobody 2xx when it is thrown by %s', async (_, options) => {
      expect(await receiverOf(options).handle(delivery())).toMatchObject({
        status: 500,
        body: '{"error":"misconfigured"}',
      });
    });

    it('by waitUntil', async () => {
      const platform = { waitUntil: fails(cause) };
      expect(await receiverOf().receive(delivery(), platform)).toMatchObject({ kind: 'accepted' });
      expect(await receiverOf().receive(delivery({}, { secret: 'other' }), platform)).toMatchObject({
        kind: 'rejected',
      });
    });
  });

  it('by what a platform will not have looked at', async () => {
    const platform = Object.defineProperty({}, 'waitUntil', { get: fails(new Error('no')) });
    expect((await receiverOf().fetch(fetched(delivery()), {}, platform)).status).toBe(200);
  });

  it.each<[string, WebhookRequest]>([
    ['nothing at all', {} as WebhookRequest],
    ['no headers', { method: 'POST', url: '/', body: null } as unknown as WebhookRequest],
    ['a body that is none', { ...sent(), body: 5 as unknown as Uint8Array }],
    ['an undefined body', { ...sent(), body: undefined as unknown as null }],
    ['a text for a body', { ...sent(), body: BODY as unknown as Uint8Array }],
    ['an address that is none', { ...sent(), url: '::' }],
  ])('for a request with %s', async (_, odd) => {
    expect(['failed', 'rejected', 'accepted']).toContain(
      (await createReceiver(own({}), settings).receive(odd)).kind,
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, undefined, null, 'soon', {}])(
    'and never accepts while now() gives %s',
    async (now) => {
      const outcome = await receiverOf({ now: () => now as number }).receive(delivery());
      expect(outcome.kind).not.toBe('accepted');
    },
  );
});

/** The time, for a secret; nothing after that. */
function laterThrowing(cause: unknown): () => number {
  let asked = 0;
  return () => {
    if (asked++ > 0) throw cause;
    return NOW;
  };
}
