import { describe, expect, it } from 'vitest';
import {
  challengeText,
  createReceiver,
  defineProvider,
  type Handshake,
  headerEcho,
  hmac,
  jsonResponse,
  payloadHandshake,
  presenceCheck,
  type QueryEcho,
  queryEcho,
  type ReceiverOptions,
  textResponse,
  type WebhookRequest,
} from '../src/index.ts';
import { codeOf, macOf, request, SECRET, thrownBy } from './support/acme.ts';

const GUARDS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
const REFUSED = 'ERR_WEBHOOK_HANDSHAKE_REFUSED';

/** A receiver, and what its handlers, hooks and log saw. */
function receiverWith(...handshakes: Handshake[]) {
  const seen: string[] = [];
  const saw = (what: string) => (): void => void seen.push(what);
  const provider = defineProvider({
    name: 'shaking',
    scheme: hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] }),
    type: { payload: 'type' },
    handshakes,
  })({ secret: SECRET });
  const hooks: ReceiverOptions['hooks'] = {
    onAccepted: saw('accepted'),
    onDuplicate: saw('duplicate'),
    onHandshake: (name: string) => void seen.push(`handshake ${name}`),
    onRejected: ({ code }) => void seen.push(code),
    onFailed: ({ code }) => void seen.push(code),
  };
  const receiver = createReceiver(provider, { on: { '*': saw('handler') }, hooks, logger: false });
  return { receiver, seen };
}

const signed = (body: string): WebhookRequest =>
  request({ body, headers: { 'x-signature': macOf('sha256', SECRET, body).toString('hex') } });
const get = (query: string, method = 'GET') => request({ method, url: `/hooks${query}` });

const echo: QueryEcho = { name: 'subscribe', when: { 'hub.mode': 'subscribe' }, challenge: 'hub.challenge' };
const guarded: QueryEcho = { ...echo, token: { parameter: 'hub.verify_token', equals: 'let-me-in' } };

describe('queryEcho', () => {
  it.each<[string, string, string]>([
    ['as it is', '?hub.mode=subscribe&hub.challenge=1158201444', '1158201444'],
    ['in any order', '?hub.challenge=a&x=1&hub.mode=subscribe', 'a'],
    ['decoded once', '?hub.mode=subscribe&hub.challenge=a%2Bb+c%2525', 'a+b c%25'],
    ['with markup in it', '?hub.mode=subscribe&hub.challenge=%3Cscript%3E', '<script>'],
    ['out of an absolute address', '?hub.mode=subscribe&hub.challenge=a#hub.challenge=b', 'a'],
  ])('echoes a challenge %s, as guarded plain text', async (_, query, body) => {
    const { receiver, seen } = receiverWith(queryEcho(echo));
    const response = await receiver.handle(get(query));
    expect(response).toEqual({
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', ...GUARDS },
      body,
    });
    expect(seen).toEqual(['handshake subscribe']);
  });

  it.each<[string, string]>([
    ['no challenge', ''],
    ['an empty one', '&hub.challenge='],
    ['two of them', '&hub.challenge=a&hub.challenge=a'],
    ['one beyond ASCII', '&hub.challenge=%C3%A9'],
    ['a line feed', '&hub.challenge=a%0Ab'],
    ['a header to be', '&hub.challenge=a%0D%0Ax-evil:1'],
    ['NUL', '&hub.challenge=%00'],
    ['a tab', '&hub.challenge=%09'],
    ['DEL', '&hub.challenge=%7F'],
    ['1025 letters', `&hub.challenge=${'a'.repeat(1025)}`],
  ])('refuses %s: 403', async (_, rest) => {
    const { receiver, seen } = receiverWith(queryEcho(echo));
    const response = await receiver.handle(get(`?hub.mode=subscribe${rest}`));
    expect(response).toEqual({
      status: 403,
      headers: { 'content-type': 'application/json', ...GUARDS },
      body: '{"error":"handshake_refused"}',
    });
    expect(seen).toEqual([REFUSED]);
  });

  it.each<[string, WebhookRequest]>([
    ['another mode', get('?hub.mode=unsubscribe&hub.challenge=a')],
    ['no mode', get('?hub.challenge=a')],
    ['the mode twice', get('?hub.mode=subscribe&hub.mode=subscribe&hub.challenge=a')],
    ['no query', get('')],
    ['another method', get('?hub.mode=subscribe&hub.challenge=a', 'PUT')],
    ['HEAD', get('?hub.mode=subscribe&hub.challenge=a', 'HEAD')],
  ])('is not meant by %s: 405, with what is allowed', async (_, sent) => {
    const { receiver } = receiverWith(queryEcho(echo));
    expect(await receiver.handle(sent)).toMatchObject({
      status: 405,
      headers: { allow: 'POST, GET' },
      body: '{"error":"method_not_allowed"}',
    });
  });

  it('may come by another method, and be asked for by several parameters', async () => {
    const { receiver } = receiverWith(
      queryEcho({ name: 'x', method: 'POST', when: { a: '1', b: '2' }, challenge: 'c' }),
    );
    expect(await receiver.handle(get('?a=1&b=2&c=d', 'POST'))).toMatchObject({ status: 200, body: 'd' });
    expect(await receiver.handle(get('?a=1&c=d', 'POST'))).toMatchObject({ status: 401 });
  });

  it.each<[string, string, number]>([
    ['the right token', '&hub.verify_token=let-me-in', 200],
    ['another token', '&hub.verify_token=let-me-on', 403],
    ['a longer token', '&hub.verify_token=let-me-in1', 403],
    ['the beginning of the token', '&hub.verify_token=let-me-i', 403],
    ['an empty token', '&hub.verify_token=', 403],
    ['no token', '', 403],
    ['the right token twice', '&hub.verify_token=let-me-in&hub.verify_token=let-me-in', 403],
    ['the right token after another', '&hub.verify_token=x&hub.verify_token=let-me-in', 403],
  ])('asks for a token: %s', async (_, rest, status) => {
    const { receiver, seen } = receiverWith(queryEcho(guarded));
    const response = await receiver.handle(get(`?hub.mode=subscribe&hub.challenge=abc${rest}`));
    expect(response.status).toBe(status);
    expect(response.body.includes('abc')).toBe(status === 200);
    expect(seen).toEqual([status === 200 ? 'handshake subscribe' : REFUSED]);
  });

  it.each<[string, unknown]>([
    ['undefined, as an unset variable is', undefined],
    ['empty', ''],
    ['with white space', 'let-me-in '],
    ['a number', 5],
  ])('wants a token that is one: %s', (_, equals) => {
    const make = () =>
      queryEcho({ ...echo, token: { parameter: 'hub.verify_token', equals: equals as string } });
    const error = thrownBy(make);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({
      code: 'ERR_WEBHOOK_CONFIG_SECRET',
      message: expect.stringMatching(/^hub\.verify_token/),
    });
    expect((error as Error).message).not.toContain('let-me');
  });

  it('names the parameter and not the token when it refuses', async () => {
    const { receiver } = receiverWith(queryEcho(guarded));
    const error = await receiver
      .verify(get('?hub.mode=subscribe&hub.verify_token=guess&hub.challenge=abc'))
      .catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      code: REFUSED,
      status: 403,
      message: expect.stringContaining('hub.verify_token'),
    });
    expect((error as Error).message).not.toMatch(/let-me-in|guess|abc/);
  });
});

describe('challengeText', () => {
  it.each(['a', ' ', '~', 'a'.repeat(1024), '<b>&"\''])('lets through %j', (text) => {
    expect(challengeText(text)).toBe(text);
  });

  it.each<unknown>([
    '',
    'a'.repeat(1025),
    'a\n',
    '\r',
    '\u007f',
    '\u00e9',
    '\u2028',
    5,
    null,
    undefined,
    ['a'],
    { toString: () => 'a' },
  ])('refuses %j', (challenge) => {
    expect(thrownBy(() => challengeText(challenge))).toMatchObject({ code: REFUSED, status: 403 });
  });
});

describe('payloadHandshake', () => {
  const ping = payloadHandshake('url', 'data.type', 'challenge', (payload) =>
    jsonResponse({ challenge: challengeText((payload as { challenge?: unknown }).challenge) }),
  );

  it('answers a signed question, which is no event', async () => {
    const { receiver, seen } = receiverWith(ping);
    const response = await receiver.handle(signed('{"data":{"type":"challenge"},"challenge":"abc"}'));
    expect(response).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', ...GUARDS },
      body: '{"challenge":"abc"}',
    });
    expect(seen).toEqual(['handshake url']);
  });

  it('answers it again: it is no duplicate', async () => {
    const { receiver, seen } = receiverWith(ping);
    for (let round = 0; round < 2; round++) {
      expect(
        (await receiver.handle(signed('{"data":{"type":"challenge"},"challenge":"abc"}'))).body,
      ).toContain('abc');
    }
    expect(seen).toEqual(['handshake url', 'handshake url']);
  });

  it('answers no question that is not signed', async () => {
    const { receiver, seen } = receiverWith(ping);
    const body = '{"data":{"type":"challenge"},"challenge":"abc"}';
    expect(await receiver.handle(request({ body }))).toMatchObject({
      status: 401,
      body: '{"error":"signature_invalid"}',
    });
    expect(
      await receiver.handle(request({ body, headers: { 'x-signature': '00'.repeat(32) } })),
    ).toMatchObject({ status: 401 });
    expect(seen).toEqual(['ERR_WEBHOOK_SIGNATURE_MISSING', 'ERR_WEBHOOK_SIGNATURE_MISMATCH']);
  });

  it('refuses a challenge that it must not echo', async () => {
    const { receiver, seen } = receiverWith(ping);
    const response = await receiver.handle(
      signed(JSON.stringify({ data: { type: 'challenge' }, challenge: '\u0007' })),
    );
    expect(response.status).toBe(403);
    expect(seen).toEqual([REFUSED]);
  });

  it.each([
    '{"data":{"type":"other"}}',
    '{"data":{"type":["challenge"]}}',
    '{"data":"challenge"}',
    '{}',
    'null',
    '[]',
    '"challenge"',
  ])('lets other deliveries pass: %s', async (body) => {
    const { receiver, seen } = receiverWith(ping);
    expect((await receiver.handle(signed(body))).status).toBe(200);
    expect(seen).toEqual(['handler', 'accepted']);
  });

  it('may find, on a closer look, that it is not meant', async () => {
    const { receiver, seen } = receiverWith(payloadHandshake('maybe', 'type', 'ping', () => undefined));
    expect((await receiver.handle(signed('{"type":"ping"}'))).status).toBe(200);
    expect(seen).toEqual(['handler', 'accepted']);
  });

  it.each<[number | string, string, boolean]>([
    [1, '{"type":1}', true],
    [1, '{"type":"1"}', false],
    ['1', '{"type":"1"}', true],
    ['1', '{"type":1}', false],
  ])('compares by type too: %j with %s', async (value, body, isAnswered) => {
    const { receiver, seen } = receiverWith(
      payloadHandshake('number', 'type', value, () => jsonResponse({ type: 1 })),
    );
    await receiver.receive(signed(body));
    expect(seen[0]).toBe(isAnswered ? 'handshake number' : 'handler');
  });
});

describe('a handshake', () => {
  const stages = { request: '', body: '{"probe":1}', event: '{"probe":1}' };

  it.each(Object.entries(stages))('at stage %s sees what is known by then', async (stage, body) => {
    let seen: unknown;
    const { receiver } = receiverWith({
      name: 'probe',
      stage: stage as Handshake['stage'],
      methods: ['POST'],
      answer({ body: bytes, payload }) {
        seen = [Buffer.from(bytes).toString(), payload];
        return textResponse('ok');
      },
    });
    const sent = stage === 'event' ? signed('{"probe":1}') : request({ body: '{"probe":1}' });
    expect((await receiver.handle(sent)).body).toBe('ok');
    expect(seen).toEqual([body, stage === 'event' ? { probe: 1 } : undefined]);
  });

  it('at stage request does not touch the body', async () => {
    const { receiver } = receiverWith(queryEcho({ ...echo, method: 'POST' }));
    let opened = 0;
    const body: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]() {
        opened++;
        return { next: () => new Promise(() => {}) };
      },
    };
    const sent = request({
      url: '/?hub.mode=subscribe&hub.challenge=a',
      body,
      headers: { 'content-encoding': 'br' },
    });
    expect((await receiver.handle(sent)).body).toBe('a');
    expect(opened).toBe(0);
  });

  it('that answers undefined leaves the word to the next', async () => {
    const silent: Handshake = { name: 'silent', stage: 'request', methods: [], answer: () => undefined };
    const { receiver, seen } = receiverWith(silent, queryEcho(echo));
    await receiver.receive(get('?hub.mode=subscribe&hub.challenge=a'));
    expect(seen).toEqual(['handshake subscribe']);
  });

  it.each(['request', 'body', 'event'] as const)(
    'that throws at stage %s is our fault: 500',
    async (stage) => {
      const answer = () => {
        throw new Error('broken');
      };
      const { receiver, seen } = receiverWith({ name: 'broken', stage, methods: ['POST'], answer });
      expect((await receiver.handle(signed('{}'))).status).toBe(500);
      expect(seen).toEqual(['ERR_WEBHOOK_INTERNAL']);
    },
  );

  it('is an outcome of its own, and no event for verify() or open()', async () => {
    const { receiver, seen } = receiverWith(queryEcho(echo));
    const asked = get('?hub.mode=subscribe&hub.challenge=a');
    expect(await receiver.receive(asked)).toEqual({
      kind: 'handshake',
      handshake: 'subscribe',
      response: textResponse('a'),
    });
    await expect(receiver.verify(asked)).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_HANDSHAKE',
      message: expect.stringContaining('subscribe'),
    });
    const opened = await receiver.open(asked);
    expect(opened.event).toBeUndefined();
    expect(opened.response).toEqual(textResponse('a'));
    expect(seen).toEqual(['handshake subscribe', 'handshake subscribe']);
  });

  it('may be an object with a state of its own', async () => {
    class Counting implements Handshake {
      readonly name = 'counting';
      readonly stage = 'request';
      readonly methods = ['GET'];
      #count = 0;
      answer() {
        return textResponse(String(++this.#count));
      }
    }
    const { receiver } = receiverWith(new Counting());
    expect([(await receiver.handle(get(''))).body, (await receiver.handle(get(''))).body]).toEqual([
      '1',
      '2',
    ]);
  });

  it('may need the options of the factory', async () => {
    const factory = defineProvider<'secret', Record<string, unknown>, { verifyToken: string }>({
      name: 'tokened',
      scheme: hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] }),
      handshakes: ({ verifyToken }) => [
        queryEcho({ ...echo, token: { parameter: 'hub.verify_token', equals: verifyToken } }),
      ],
    });
    const receiver = createReceiver(factory({ secret: SECRET, verifyToken: 'mine' }), {
      store: false,
      logger: false,
    });
    expect(
      await receiver.handle(get('?hub.mode=subscribe&hub.challenge=a&hub.verify_token=mine')),
    ).toMatchObject({ status: 200 });
    expect(await codeOf(receiver.verify(get('?hub.mode=subscribe&hub.challenge=a&hub.verify_token=x')))).toBe(
      REFUSED,
    );
  });
});

describe('queryEcho without a mark', () => {
  const bare: QueryEcho = { name: 'challenge', challenge: 'challenge' };

  it('answers whatever bears a challenge, and nothing else', async () => {
    const { receiver, seen } = receiverWith(queryEcho(bare));
    expect(await receiver.handle(get('?challenge=abc'))).toMatchObject({ status: 200, body: 'abc' });
    expect((await receiver.handle(get('?other=abc'))).status).toBe(405);
    expect((await receiver.handle(get('?challenge=a&challenge=b'))).status).toBe(405);
    expect(seen).toEqual(['handshake challenge', 'ERR_WEBHOOK_METHOD', 'ERR_WEBHOOK_METHOD']);
  });

  it('answers as it is told, with a proof by the key', async () => {
    const respond: QueryEcho['respond'] = async (challenge, { sign }) =>
      jsonResponse({ token: Buffer.from(await sign([challenge])).toString('base64') });
    const { receiver } = receiverWith(queryEcho({ ...bare, respond }));
    const { status, body, headers } = await receiver.handle(get('?challenge=abc'));
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ token: macOf('sha256', SECRET, 'abc').toString('base64') });
    expect(headers).toMatchObject(GUARDS);
  });
});

describe('headerEcho', () => {
  const echoed = headerEcho({ name: 'hook', header: 'validation-token' });
  const post = (headers: Record<string, string>, method = 'POST') => request({ method, headers, body: '' });

  it('sends the header back', async () => {
    const { receiver, seen } = receiverWith(echoed);
    const response = await receiver.handle(post({ 'validation-token': 'abc' }));
    expect(response).toEqual({ status: 200, body: '', headers: { ...GUARDS, 'validation-token': 'abc' } });
    expect(seen).toEqual(['handshake hook']);
  });

  it.each([
    ['too long', 'a'.repeat(1025)],
    ['not plain', 'caf\u00e9'],
  ])('refuses one that is %s', async (_, value) => {
    const { receiver } = receiverWith(echoed);
    expect(await receiver.handle(post({ 'validation-token': value }))).toMatchObject({ status: 403 });
  });

  it('is no way around the signature', async () => {
    const { receiver, seen } = receiverWith(echoed);
    const event = request({ body: '{"type":"ping"}', headers: { 'validation-token': 'a' } });
    await receiver.handle(event);
    await receiver.handle(post({}));
    await receiver.handle(post({ 'validation-token': 'a' }, 'PUT'));
    expect(seen).toEqual(['handshake hook', 'ERR_WEBHOOK_SIGNATURE_MISSING', 'ERR_WEBHOOK_METHOD']);
  });

  it('answers as it is told', async () => {
    const respond = (value: string) => jsonResponse({ verification: value });
    const { receiver } = receiverWith(
      headerEcho({ name: 'x', method: 'GET', header: 'x-challenge', respond }),
    );
    const asked = request({ method: 'GET', headers: { 'x-challenge': 'abc' } });
    expect((await receiver.handle(asked)).body).toBe('{"verification":"abc"}');
  });
});

describe('presenceCheck', () => {
  it.each(['HEAD', 'GET'] as const)('answers %s with nothing', async (method) => {
    const { receiver, seen } = receiverWith(presenceCheck(method));
    expect(await receiver.handle(get('', method))).toMatchObject({ status: 200, body: '' });
    expect((await receiver.handle(get('', 'PUT'))).headers.allow).toBe(`POST, ${method}`);
    expect(seen[0]).toBe(`handshake ${method} check`);
  });
});

describe('a proof', () => {
  it('is made by the secret that signed the question', async () => {
    const provider = defineProvider({
      name: 'proving',
      scheme: hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] }),
      handshakes: [
        payloadHandshake('prove', 'type', 'question', async (_, { sign }) =>
          textResponse(Buffer.from(await sign(['abc'])).toString('hex')),
        ),
      ],
    })({ secret: ['the first', SECRET] });
    const receiver = createReceiver(provider, { on: {}, logger: false });
    const { body } = await receiver.handle(signed('{"type":"question"}'));
    expect(body).toBe(macOf('sha256', SECRET, 'abc').toString('hex'));
  });
});

it('is not waited for longer than the body may take', async () => {
  const hanging: Handshake = {
    name: 'hanging',
    stage: 'request',
    methods: ['GET'],
    answer: () => new Promise(() => {}),
  };
  const provider = defineProvider({
    name: 'hanging',
    scheme: hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] }),
    handshakes: [hanging],
  })({ secret: SECRET });
  const receiver = createReceiver(provider, { on: {}, logger: false, timeout: 20 });
  expect(await receiver.receive(get(''))).toMatchObject({ kind: 'failed', code: 'ERR_WEBHOOK_INTERNAL' });
});
