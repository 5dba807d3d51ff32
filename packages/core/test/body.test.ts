import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type BodyRules, readBody } from '../src/body.ts';
import type { WebhookRequest } from '../src/index.ts';
import { codeOf, type RequestSpec, request, utf8 } from './support/acme.ts';
import { type Chunks, source, streams, webSource } from './support/streams.ts';

const TEXT = '\ufeff{"a":"\u0000\r\n$&"}';
const BYTES = new Uint8Array([...utf8(TEXT), 0xff, 0xfe]);
const rules: BodyRules = { limit: 1024, timeout: 10_000 };

/** It may throw at once too. */
const reading = async (sent: WebhookRequest, by = rules) => readBody(sent, by);
const read = (spec: RequestSpec, by?: BodyRules) => reading(request(spec), by);
const refusal = (spec: RequestSpec, by?: BodyRules) => codeOf(read(spec, by));

describe('gives the bytes as they came', () => {
  it.each<[string, () => WebhookRequest['body'], Uint8Array]>([
    ['of a Uint8Array', () => BYTES, BYTES],
    ['of a Buffer', () => Buffer.from(BYTES), BYTES],
    ['of an empty Uint8Array', () => new Uint8Array(), new Uint8Array()],
    ['of null', () => null, new Uint8Array()],
    ['of an AsyncIterable', () => source([BYTES.slice(0, 3), BYTES.slice(3, 4), BYTES.slice(4)]).body, BYTES],
    [
      'of an AsyncIterable with empty chunks',
      () => source([new Uint8Array(), BYTES, new Uint8Array()]).body,
      BYTES,
    ],
    ['of an empty AsyncIterable', () => source([]).body, new Uint8Array()],
    [
      'of a generator',
      async function* () {
        yield BYTES;
      },
      BYTES,
    ],
    ['of a ReadableStream', () => webSource([BYTES.slice(0, 3), BYTES.slice(3)]).body, BYTES],
    ['of an empty ReadableStream', () => webSource([]).body, new Uint8Array()],
    [
      'of a Node stream',
      () => Readable.from([Buffer.from(BYTES.slice(0, 5)), Buffer.from(BYTES.slice(5))]),
      BYTES,
    ],
    [
      'of a Request',
      () =>
        new Request('http://a/', { method: 'POST', body: BYTES as BodyInit }).body as WebhookRequest['body'],
      BYTES,
    ],
  ])('%s', async (_, body, wanted) => {
    expect([...(await read({ body: body() }))]).toEqual([...wanted]);
  });

  it.each([1, 63, 64, 65, 128, 1000])('of %i chunks of one byte', async (count) => {
    const bytes = Uint8Array.from({ length: count }, (_, at) => at % 251);
    const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(await read({ body: source(chunks).body })).toEqual(bytes);
  });

  it('of a Request itself', async () => {
    const whole = new Request('http://a/', { method: 'POST', body: BYTES as BodyInit });
    expect([...(await readBody(whole as unknown as WebhookRequest, rules))]).toEqual([...BYTES]);
  });

  it.each(['identity', 'IDENTITY', ' identity ', ''])('with Content-Encoding %j', async (encoding) => {
    expect([...(await read({ body: BYTES, headers: { 'content-encoding': encoding } }))]).toEqual([...BYTES]);
  });

  it('leaves a stream that ended alone', async () => {
    for (const [, make] of streams) {
      const { body, seen } = make([BYTES]);
      await read({ body });
      expect(seen).toMatchObject({ read: 1, cancelled: 0 });
    }
  });
});

describe('the limit', () => {
  const bytes = (count: number) => new Uint8Array(count).fill(120);

  it.each<[string, (count: number) => WebhookRequest['body']]>([
    ['Uint8Array', (count) => bytes(count)],
    ['AsyncIterable', (count) => source([bytes(1000), bytes(count - 1000)]).body],
    ['AsyncIterable by the byte', (count) => source(Array(count).fill(bytes(1))).body],
    ['ReadableStream', (count) => webSource([bytes(1000), bytes(count - 1000)]).body],
  ])('is what may come, and no byte more: %s', async (_, make) => {
    expect(await read({ body: make(1024) })).toHaveLength(1024);
    expect(await refusal({ body: make(1025) })).toBe('ERR_WEBHOOK_BODY_TOO_LARGE');
  });

  it('stops an endless AsyncIterable, and cancels it', async () => {
    const { body, seen } = source(Array(10_000).fill(bytes(100)));
    expect(await refusal({ body })).toBe('ERR_WEBHOOK_BODY_TOO_LARGE');
    expect(seen).toMatchObject({ read: 11, cancelled: 1 });
  });

  it.each(['1025', '999999999999', '1e9'])(
    'refuses Content-Length %s before the body is touched',
    async (length) => {
      const { body, seen } = source([bytes(1)]);
      expect(await refusal({ body, headers: { 'content-length': length } })).toBe(
        'ERR_WEBHOOK_BODY_TOO_LARGE',
      );
      expect(seen).toEqual({ opened: 0, read: 0, cancelled: 0 });
    },
  );

  it.each(['1024', '0', 'none', '-5', ''])(
    'counts what comes, whatever Content-Length says: %j',
    async (length) => {
      const headers = { 'content-length': length };
      expect(await read({ body: source([bytes(1024)]).body, headers })).toHaveLength(1024);
      expect(await refusal({ body: source([bytes(1025)]).body, headers })).toBe('ERR_WEBHOOK_BODY_TOO_LARGE');
    },
  );

  it('refuses by Content-Length without a look at the body: some platforms open its stream for one', async () => {
    const unseen = request({ headers: { 'content-length': '1025' } });
    for (const name of ['body', 'bodyUsed']) {
      Object.defineProperty(unseen, name, {
        get: () => {
          throw new Error(`${name} was looked at`);
        },
      });
    }
    expect(await codeOf(reading(unseen))).toBe('ERR_WEBHOOK_BODY_TOO_LARGE');
  });

  it('is named', async () => {
    await expect(read({ body: bytes(1025) })).rejects.toMatchObject({
      status: 413,
      answer: 'body_too_large',
      message: expect.stringMatching(/1024 bytes.*`limit`/),
    });
  });
});

describe('bytes that are gone', () => {
  const consumed = { code: 'ERR_WEBHOOK_BODY_CONSUMED', status: 500, answer: 'misconfigured' };

  it('bodyUsed, by whoever the adapter names', async () => {
    const { body, seen } = source([BYTES]);
    const used: WebhookRequest = { ...request({ body }), bodyUsed: true, bodyUsedBy: 'express.json()' };
    await expect(reading(used)).rejects.toMatchObject({
      ...consumed,
      message: expect.stringMatching(/^express\.json\(\) read the body.*mount the webhook route before it/),
    });
    expect(seen.opened).toBe(0);
  });

  it('bodyUsed, by nobody knows whom', async () => {
    const used: WebhookRequest = { ...request(), bodyUsed: true };
    await expect(reading(used)).rejects.toMatchObject({
      ...consumed,
      message: expect.stringMatching(/^something read/),
    });
  });

  it.each<[string, (whole: Request) => unknown]>([
    ['read', (whole) => whole.text()],
    ['cancelled', (whole) => whole.body?.cancel()],
    ['locked', (whole) => whole.body?.getReader()],
  ])('a Request that was %s', async (_, use) => {
    const whole = new Request('http://a/', { method: 'POST', body: 'a' });
    await use(whole);
    await expect(reading(whole as unknown as WebhookRequest)).rejects.toMatchObject(consumed);
  });

  it('a stream that somebody else is reading', async () => {
    const { body } = webSource([BYTES]);
    body.getReader();
    await expect(read({ body })).rejects.toMatchObject(consumed);
  });

  it.each<[string, Chunks]>([
    ['strings, as setEncoding() leaves them', ['a']],
    ['a string after bytes', [BYTES, 'a']],
    ['the empty string', ['']],
    ['objects', [{ a: 1 }]],
    ['numbers', [97]],
    ['null', [null]],
  ])('a stream of %s', async (_, chunks) => {
    for (const [, make] of streams) {
      const { body, seen } = make(chunks);
      await expect(read({ body })).rejects.toMatchObject({
        ...consumed,
        message: expect.stringMatching(/setEncoding\(\)/),
      });
      expect(seen.cancelled).toBe(make === source ? 1 : 0);
    }
  });

  it('a Node stream with setEncoding()', async () => {
    const body = Readable.from([Buffer.from('a')], { objectMode: false }).setEncoding('utf8');
    await expect(read({ body })).rejects.toMatchObject(consumed);
  });
});

describe('Content-Encoding', () => {
  it.each([
    'gzip',
    'GZIP',
    'x-gzip',
    'deflate',
    'br',
    'zstd',
    'compress',
    'identity, gzip',
    'gzip, identity',
    'aes128gcm',
    '*',
    '?',
  ])('%s is refused before a byte is read', async (encoding) => {
    const { body, seen } = source([BYTES]);
    await expect(read({ body, headers: { 'content-encoding': encoding } })).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_BODY_ENCODING',
      status: 415,
      answer: 'encoding_unsupported',
    });
    expect(seen.opened).toBe(0);
  });
});
