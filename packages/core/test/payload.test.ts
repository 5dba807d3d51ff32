import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  createReceiver,
  defineProvider,
  form,
  formFields,
  hmac,
  json,
  jsonOrForm,
  multipart,
  type PayloadFormat,
  xml,
} from '../src/index.ts';
import { macOf, request, SECRET, utf8, verdict, verify } from './support/acme.ts';

const senderOf = (payload: PayloadFormat) =>
  defineProvider({
    name: 'sender',
    scheme: hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] }),
    id: { payload: 'id' },
    type: { payload: 'data.type' },
    payload,
  })({ secret: SECRET });

const sent = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
  request({ body, headers: { 'x-signature': macOf('sha256', SECRET, body).toString('hex'), ...headers } });

const payloadOf = async (
  format: PayloadFormat,
  body: string | Uint8Array,
  headers?: Record<string, string>,
) => (await verify(senderOf(format), sent(body, headers))).payload;

const INVALID = 'ERR_WEBHOOK_PAYLOAD_INVALID';

describe('json', () => {
  it.each<[string, string | Uint8Array, unknown]>([
    ['an object', '{"a":[1,"b",null]}', { a: [1, 'b', null] }],
    ['null', 'null', null],
    ['a text', '"a"', 'a'],
    ['a number', '-1.5e3', -1500],
    ['false', 'false', false],
    ['a list', '[]', []],
    ['white space around', ' \r\n{}\t', {}],
    ['a BOM before', '\ufeff{"a":1}', { a: 1 }],
    ['names repeated, the last counts', '{"a":1,"a":2}', { a: 2 }],
    ['a lone surrogate, escaped', '{"a":"\\ud800"}', { a: '\ud800' }],
    ['NUL, escaped', '{"a":"\\u0000"}', { a: '\u0000' }],
    ['U+2028', '{"a":"\u2028"}', { a: '\u2028' }],
    [
      'what is not UTF-8',
      new Uint8Array([0x22, 0x61, 0xff, 0xed, 0xa0, 0x80, 0x22]),
      'a\ufffd\ufffd\ufffd\ufffd',
    ],
  ])('reads %s', async (_, body, wanted) => {
    expect(await payloadOf(json, body)).toEqual(wanted);
  });

  it('keeps __proto__ as a name like any other', async () => {
    const payload = (await payloadOf(json, '{"__proto__":{"admin":true},"constructor":1}')) as Record<
      string,
      unknown
    >;
    expect(Object.keys(payload)).toEqual(['__proto__', 'constructor']);
    expect(payload.admin).toBeUndefined();
    expect(Object.getPrototypeOf(payload)).toBe(Object.prototype);
  });

  it.each(['[', '{"a":'])('reads a depth of 10,000: %s', async (open) => {
    const body =
      open.repeat(10_000) +
      (open === '[' ? ']' : '1}').repeat(open === '[' ? 10_000 : 1) +
      (open === '[' ? '' : '}'.repeat(9999));
    let depth = 0;
    for (
      let at = await payloadOf(json, body);
      typeof at === 'object' && at !== null;
      at = Object.values(at)[0]
    )
      depth++;
    expect(depth).toBe(10_000);
  });

  it.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['white space', ' \n'],
    ['a BOM alone', '\ufeff'],
    ['half an object', '{"a":1'],
    ['two objects', '{}{}'],
    ['a form', 'a=1&b=2'],
    ['NUL behind', '{}\u0000'],
    ['a comma too many', '[1,]'],
    ['single quotes', "{'a':1}"],
    ['NaN', '{"a":NaN}'],
    ['a comment', '{}//'],
    ['UTF-16', new Uint8Array(Buffer.from('\ufeff{}', 'utf16le'))],
    ['a no-break space', '\u00a0{}'],
    ['a depth of 10,000 that does not end', '['.repeat(10_000)],
  ])('refuses %s, after a good signature: 400', async (_, body) => {
    await expect(verify(senderOf(json), sent(body))).rejects.toMatchObject({
      code: INVALID,
      status: 400,
      answer: 'payload_invalid',
    });
  });

  it('refuses the signature first: 401', async () => {
    const forged = request({ body: '{', headers: { 'x-signature': '00'.repeat(32) } });
    expect(await verdict(senderOf(json), forged)).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
  });

  it('quotes nothing of a payload it refuses', async () => {
    const lines: string[] = [];
    const logger = { warn: (line: string) => lines.push(line), error: (line: string) => lines.push(line) };
    const receiver = createReceiver(senderOf(json), { store: false, logger });
    const response = await receiver.handle(sent('hush-5512'));
    expect(response).toMatchObject({ status: 400, body: '{"error":"payload_invalid"}' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(INVALID);
    expect(lines[0]).not.toContain('hush');
  });
});

describe('id and type in the payload', () => {
  it.each<[string, unknown, string | undefined, string]>([
    ['are read', { id: 'a', data: { type: 'b' } }, 'a', 'b'],
    ['may be numbers', { id: 5, data: { type: 0 } }, '5', '0'],
    ['may hold patterns and quotes', { id: '$&"\n', data: { type: '$1' } }, '$&"\n', '$1'],
    [
      'may be prototype names',
      { id: '__proto__', data: { type: 'constructor' } },
      '__proto__',
      'constructor',
    ],
    ['may hold a lone surrogate', { id: '\ud800', data: { type: '\udc00' } }, '\ud800', '\udc00'],
    ['are absent', {}, undefined, ''],
    ['are absent on the way', { data: 'type' }, undefined, ''],
    ['are empty', { id: '', data: { type: '' } }, undefined, ''],
    ['are null', { id: null, data: { type: null } }, undefined, ''],
    ['are objects', { id: {}, data: { type: [] } }, undefined, ''],
    ['are booleans', { id: true, data: { type: false } }, undefined, ''],
    ['have nowhere to stand: null', null, undefined, ''],
    ['have nowhere to stand: a text', 'id', undefined, ''],
    ['have nowhere to stand: a list', [], undefined, ''],
  ])('%s', async (_, payload, id, type) => {
    expect(await verify(senderOf(json), sent(JSON.stringify(payload)))).toMatchObject({ id, type });
  });

  it('are never what JavaScript puts there', async () => {
    const provider = defineProvider({
      name: 'sender',
      scheme: hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] }),
      id: { payload: 'length' },
      type: [
        { payload: '__proto__.constructor.name' },
        { payload: 'constructor.name' },
        { payload: 'toString.name' },
      ],
    })({ secret: SECRET });
    expect(await verify(provider, sent('{}'))).toMatchObject({ id: undefined, type: '' });
    expect(await verify(provider, sent('"text"'))).toMatchObject({ id: undefined, type: '' });
  });

  it('are never inherited: not from Array, and not from a prototype that somebody polluted', async () => {
    const provider = defineProvider({
      name: 'sender',
      scheme: hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] }),
      id: [{ payload: 'polluted' }, { payload: 'data.polluted' }],
      type: { payload: '__proto__.length' },
    })({ secret: SECRET });
    Object.defineProperty(Object.prototype, 'polluted', { value: 'by somebody', configurable: true });
    try {
      for (const body of ['[]', '{}', '{"data":{}}']) {
        expect(await verify(provider, sent(body))).toMatchObject({ id: undefined, type: '' });
      }
    } finally {
      Reflect.deleteProperty(Object.prototype, 'polluted');
    }
  });
});

describe('form', () => {
  it.each<[string, string, Record<string, unknown>]>([
    ['fields', 'a=1&b=2', { a: '1', b: '2' }],
    ['a repeated field', 'a=1&b=x&a=2&a=3', { a: ['1', '2', '3'], b: 'x' }],
    ['an empty value', 'a=&b', { a: '', b: '' }],
    ['an empty name', '=1', { '': '1' }],
    ['escapes', 'a%20b=%C3%A9+%26%3D', { 'a b': '\u00e9 &=' }],
    ['a broken escape', 'a=%zz%', { a: '%zz%' }],
    ['bytes that are not UTF-8', 'a=%ff', { a: '\ufffd' }],
    ['letters beside bytes that are not UTF-8', 'a=\u20ac%ff\u{1f600}', { a: '\u20ac\ufffd\u{1f600}' }],
    ['halves of letters', 'a=\ud83d%ff', { a: '\ufffd\ufffd' }],
    ['a question mark before it', '?a=1', { '?a': '1' }],
    ['NUL', 'a=%00', { a: '\u0000' }],
    ['brackets, unread', 'a[]=1&a[b]=2', { 'a[]': '1', 'a[b]': '2' }],
    ['nothing', '', {}],
  ])('reads %s', async (_, body, wanted) => {
    expect({ ...((await payloadOf(form, body)) as object) }).toEqual(wanted);
    expect({ ...formFields(body) }).toEqual(wanted);
  });

  it('reads prototype names as fields', () => {
    const fields = formFields('__proto__=a&constructor=b&toString=c&toString=d&hasOwnProperty=e');
    expect(Object.entries(fields)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['toString', ['c', 'd']],
      ['hasOwnProperty', 'e'],
    ]);
    expect(Object.getPrototypeOf(fields)).toBeNull();
    expect(fields.valueOf).toBeUndefined();
  });

  // Within the time limit of every test: quadratic work on 100 KB takes half a minute, and an hour on a megabyte.
  it('reads one field 50,000 times', () => {
    expect(formFields('a&'.repeat(50_000)).a).toHaveLength(50_000);
  });
});

describe('jsonOrForm', () => {
  const both = jsonOrForm('payload');
  const inner = `payload=${encodeURIComponent('{"a":1}')}`;

  it.each<[string, PayloadFormat, string, unknown]>([
    ['JSON', both, '{"a":1}', { a: 1 }],
    ['a list', both, ' [1]', [1]],
    ['a text', both, '"a=1"', 'a=1'],
    ['JSON behind a BOM and white space', both, '\ufeff\r\n {"a":1}', { a: 1 }],
    ['JSON that holds a form', both, '{"payload":"a=1"}', { payload: 'a=1' }],
    ['JSON in its field', both, `x=1&${inner}`, { a: 1 }],
    ['a form without the field', both, 'a=1&a=2', { a: ['1', '2'] }],
    ['a form, where no field holds JSON', jsonOrForm(), inner, { payload: '{"a":1}' }],
    ['JSON, where no field holds JSON', jsonOrForm(), '{"a":1}', { a: 1 }],
  ])('reads %s, whatever Content-Type says', async (_, format, body, wanted) => {
    for (const type of [
      'application/json',
      'application/x-www-form-urlencoded; charset=x',
      'text/plain',
      '',
    ]) {
      const payload = await payloadOf(format, body, { 'content-type': type });
      expect(typeof payload === 'object' && !Array.isArray(payload) ? { ...payload } : payload).toEqual(
        wanted,
      );
    }
  });

  it.each(['{"a":', '[1', 'payload={', 'payload=', '"'])('refuses %j', async (body) => {
    expect(await verdict(senderOf(both), sent(body, { 'content-type': 'text/plain' }))).toBe(INVALID);
  });
});

describe('xml', () => {
  const tag = xml((text) => {
    const [, name, value] = /^<(\w+)>([^<]*)<\/\1>$/.exec(text) ?? [];
    if (name === undefined) throw new TypeError(`not XML: ${text}`);
    return { [name]: value };
  });

  it('is read by the parser that was given', async () => {
    expect(await payloadOf(tag, '<id>evt_1</id>')).toEqual({ id: 'evt_1' });
    expect(await verify(senderOf(tag), sent('\ufeff<id>\u00e9</id>'))).toMatchObject({ id: '\u00e9' });
  });

  it('is refused when that throws, and not quoted', async () => {
    const error = await verify(senderOf(tag), sent('hush-5512')).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: INVALID, status: 400, cause: expect.any(TypeError) });
    expect((error as Error).message).not.toContain('hush');
  });
});

it.each([json, form, jsonOrForm(), jsonOrForm('payload'), multipart()])(
  'what is no $name is not quoted in any error',
  async (format) => {
    for (const body of ['{"a":hush}', '[hush', 'payload={hush', '"hush', '%%hush']) {
      const error = await verify(senderOf(format), sent(body)).catch((thrown: Error) => thrown);
      if (error instanceof Error)
        expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('hush');
    }
  },
);

describe('the event', () => {
  it('carries the very bytes that were verified', async () => {
    const body = new Uint8Array([...utf8('\ufeff{"a":"'), 0xff, ...utf8('"}\r\n')]);
    const event = await verify(senderOf(json), sent(body));
    expect([...event.body]).toEqual([...body]);
    expect(event.payload).toEqual({ a: '\ufffd' });
  });

  it('reads a format of your own, with the request at hand', async () => {
    const format: PayloadFormat = {
      name: 'other',
      parse: (body, { headers }) => [body.length, headers.get('x-extra')],
    };
    expect(await payloadOf(format, 'abc', { 'x-extra': 'b' })).toEqual([3, 'b']);
  });
});

describe('multipart', () => {
  const boundary = 'xYzZY';
  const type = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  const part = (name: string, value: string, more = '') =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
  const end = `--${boundary}--\r\n`;

  it.each<[string, string, unknown]>([
    ['fields', part('a', '1') + part('b', 'zw\u00f6lf') + end, { a: '1', b: 'zw\u00f6lf' }],
    ['a repeated one', part('a', '1') + part('a', '2') + end, { a: ['1', '2'] }],
    ['a name that objects have', part('__proto__', '1') + end, JSON.parse('{"__proto__":"1"}')],
    ['a file, which is left out', part('a', '1') + part('f', 'x', '; filename="f.txt"') + end, { a: '1' }],
  ])('%s', async (_, body, payload) => {
    expect({ ...((await payloadOf(multipart(), body, type)) as object) }).toEqual(payload);
  });

  it('reads JSON out of the field that holds it', async () => {
    expect(await payloadOf(multipart('json'), part('json', '{"a":1}') + end, type)).toEqual({ a: 1 });
  });

  it('understands a form or JSON as well', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await payloadOf(multipart('json'), 'json=%7B%22a%22%3A1%7D', form)).toEqual({ a: 1 });
    expect(await payloadOf(multipart(), '{"a":1}')).toEqual({ a: 1 });
  });

  it.each([
    ['another boundary', part('a', '1') + end, { 'content-type': 'multipart/form-data; boundary=other' }],
    ['no boundary', part('a', '1') + end, { 'content-type': 'multipart/form-data' }],
    ['JSON that is none', part('json', '{') + end, type],
  ])('is invalid with %s', async (_, body, headers) => {
    expect(await verdict(senderOf(multipart('json')), sent(body, headers))).toBe(INVALID);
  });
});
