import { describe, expect, it } from 'vitest';
import {
  defineProvider,
  type HmacOptions,
  hmac,
  type OpenEvents,
  type Part,
  type PublicUrl,
} from '../src/index.ts';
import { fickle, macOf, NOW, request, SECRET, utf8, verdict, verify } from './support/acme.ts';

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';

const signing = (options: Partial<HmacOptions>) =>
  hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'], ...options });
const BODY = '{"a":"$& $1 $$ \\u0000"}';
const hex = (...content: (string | Uint8Array)[]) => macOf('sha256', SECRET, ...content).toString('hex');

describe('the signed content', () => {
  const sender = (...content: Part[]) =>
    defineProvider<'secret', OpenEvents, { publicUrl?: PublicUrl }>({
      name: 'parts',
      scheme: signing({ content }),
      id: { header: 'x-id' },
      timestamp: { header: 'x-time', unit: 's' },
    });
  const time = String(NOW / 1000);
  const publicUrl = 'https://example.com/hooks/p';
  const sent = (signature: string, body: string | Uint8Array = BODY) =>
    request({
      url: '/internal?a=%20b&a=c+d',
      body,
      headers: { 'x-id': 'msg_$&', 'x-time': time, 'x-topic': 'a, b', 'x-signature': signature },
    });

  it.each<[string, readonly Part[], readonly (string | Uint8Array)[]]>([
    ['the body', ['body'], [BODY]],
    ['a text before it', [{ text: 'v0:$&:' }, 'body'], ['v0:$&:', BODY]],
    ['a text beyond ASCII', ['body', { text: '\u00e9\ud83d\ude00' }], [BODY, '\u00e9\ud83d\ude00']],
    [
      'id, timestamp, body',
      ['id', { text: '.' }, 'timestamp', { text: '.' }, 'body'],
      ['msg_$&.', time, '.', BODY],
    ],
    [
      'the same in another order',
      ['body', { text: '.' }, 'timestamp', { text: '.' }, 'id'],
      [BODY, '.', time, '.msg_$&'],
    ],
    ['a part twice', ['body', 'body'], [BODY, BODY]],
    ['the method', ['method', 'body'], ['POST', BODY]],
    ['a header', [{ header: 'x-topic' }, { text: '\n' }, 'body'], ['a, b\n', BODY]],
    ['the public address', ['url', 'body'], [`${publicUrl}?a=%20b&a=c+d`, BODY]],
    [
      'all of them',
      ['method', 'url', { header: 'x-topic' }, 'id', { text: '|' }, 'timestamp', 'body'],
      ['POST', publicUrl, '?a=%20b&a=c+d', 'a, b', 'msg_$&', '|', time, BODY],
    ],
    ['nothing but a text', [{ text: 'always' }], ['always']],
  ])('is %s', async (_, parts, content) => {
    const provider = sender(...parts)({ secret: SECRET, publicUrl });
    expect(await verdict(provider, sent(hex(...content)))).toBe('resolved');
    expect(await verdict(provider, sent(hex(...content, ' ')))).toBe(MISMATCH);
  });

  it.each<[string, Uint8Array]>([
    ['a BOM', utf8('\ufeff{}')],
    ['line ends of both kinds', utf8('{\r\n}\n')],
    ['NUL', utf8('{"a":"\u0000"}')],
    ['white space around', utf8(' {} ')],
    ['what is not UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22])],
    ['nothing', new Uint8Array()],
  ])('is taken byte by byte: %s', async (_, body) => {
    const provider = sender('body')({ secret: SECRET });
    expect(await verdict(provider, sent(hex(body), body))).not.toBe(MISMATCH);
    for (const changed of [
      new Uint8Array([...body, 0]),
      body.slice(1),
      utf8(new TextDecoder().decode(body)),
    ]) {
      if (Buffer.compare(changed, body) !== 0)
        expect(await verdict(provider, sent(hex(body), changed))).toBe(MISMATCH);
    }
  });

  it('is every byte of the body', async () => {
    const provider = sender('body')({ secret: SECRET });
    const bytes = utf8(BODY);
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
      expect(await verdict(provider, sent(hex(BODY), changed))).toBe(MISMATCH);
    }
  });

  it('is the method as sent', async () => {
    const scheme = signing({ content: ['method', 'body'] });
    const provider = defineProvider({ name: 'methods', scheme, methods: ['POST', 'PUT'] })({
      secret: SECRET,
    });
    const headers = { 'x-signature': hex('PUT', BODY) };
    expect(await verdict(provider, request({ method: 'PUT', body: BODY, headers }))).toBe('resolved');
    expect(await verdict(provider, request({ method: 'POST', body: BODY, headers }))).toBe(MISMATCH);
  });

  it('asks for the header that it covers', async () => {
    const provider = sender({ header: 'x-absent' }, 'body')({ secret: SECRET });
    expect(await verdict(provider, sent(hex(BODY)))).toBe(MALFORMED);
    expect(await verdict(provider, sent(hex('null', BODY)))).toBe(MALFORMED);
  });

  it.each([
    ['id', 'x-id', 'other'],
    ['timestamp', 'x-time', String(NOW / 1000 + 1)],
  ] as const)('holds the %s as sent', async (part, header, other) => {
    const provider = sender(part, { text: '.' }, 'body')({ secret: SECRET });
    const good = sent(hex(part === 'id' ? 'msg_$&' : time, '.', BODY));
    expect(await verdict(provider, good)).toBe('resolved');
    const changed = new Headers(good.headers as Headers);
    changed.set(header, other);
    expect(await verdict(provider, { ...good, headers: changed })).toBe(MISMATCH);
    changed.delete(header);
    expect(await verdict(provider, { ...good, headers: changed })).toBe(
      `ERR_WEBHOOK_${part.toUpperCase()}_MISSING`,
    );
  });
});

describe('an id that is signed', () => {
  const bound = (text: string) =>
    defineProvider({
      name: 'bound',
      scheme: signing({ content: ['id', { text }, 'body'] }),
      id: { header: 'x-id' },
    })({ secret: SECRET });
  const sent = (id: string, separator: string) => {
    const headers = new Map([
      ['x-id', id],
      ['x-signature', hex(id, separator, BODY)],
    ]);
    return { ...request({ body: BODY }), headers: { get: (name: string) => headers.get(name) ?? null } };
  };

  it.each([
    ['plain', 'evt_1', '.', 'resolved'],
    ['with patterns of String.replace', '$&$1$$', '.', 'resolved'],
    ['of 256 letters', 'a'.repeat(256), '.', 'resolved'],
    ['of one letter more', 'a'.repeat(257), '.', 'ERR_WEBHOOK_ID_MALFORMED'],
    ['empty', '', '.', 'ERR_WEBHOOK_ID_MALFORMED'],
    ['that holds the separator', 'evt.1', '.', 'ERR_WEBHOOK_ID_MALFORMED'],
    ['that begins with the separator', '.evt', '.', 'ERR_WEBHOOK_ID_MALFORMED'],
    ['that holds a longer separator', 'a--b', '--', 'ERR_WEBHOOK_ID_MALFORMED'],
    ['that holds a part of the separator', 'a-b', '--', 'resolved'],
    ['that holds another separator', 'evt:1', '.', 'resolved'],
    ['with a space', 'evt 1', '.', 'ERR_WEBHOOK_ID_MALFORMED'],
    ['with a line feed', 'evt\n1', '.', 'ERR_WEBHOOK_ID_MALFORMED'],
    ['with NUL', 'evt\u0000', '.', 'ERR_WEBHOOK_ID_MALFORMED'],
    ['beyond ASCII', 'evt_\u00e9', '.', 'ERR_WEBHOOK_ID_MALFORMED'],
  ])('%s', async (_, id, separator, wanted) => {
    expect(await verdict(bound(separator), sent(id, separator))).toBe(wanted);
  });

  it('cannot be cut another way: two deliveries with one content', async () => {
    const body = 'b.{"c":1}';
    const headers = { 'x-id': 'a.b', 'x-signature': hex('a', '.', body) };
    expect(await verdict(bound('.'), request({ body: '{"c":1}', headers }))).toBe('ERR_WEBHOOK_ID_MALFORMED');
  });

  it('is the one that went into the signature, whatever the request says when it is asked again', async () => {
    const event = await verify(bound('.'), fickle(sent('evt_1', '.'), 'x-id', 'evt_2'));
    expect(event).toMatchObject({ id: 'evt_1', signed: { id: true } });
  });
});
