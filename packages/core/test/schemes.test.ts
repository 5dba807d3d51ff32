import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { basic, defineProvider, ed25519, type Scheme, token } from '../src/index.ts';
import { macOf, NOW, request, SECRET, utf8, verdict, verify } from './support/acme.ts';

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
const MISSING = 'ERR_WEBHOOK_SIGNATURE_MISSING';
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';

const BODY = '{"id":"evt_1","type":"ping"}';

describe('token', () => {
  const provider = defineProvider({
    name: 'bearer',
    scheme: token({ header: 'x-token' }),
    id: { payload: 'id' },
    type: { payload: 'type' },
    timestamp: { header: 'x-time', unit: 's' },
  })({ secret: [SECRET, 'the other'] });
  const sent = (headers: Record<string, string>) => request({ body: BODY, headers });

  it.each<[string, Record<string, string>, string]>([
    ['the token', { 'x-token': SECRET }, 'resolved'],
    ['the other token', { 'x-token': 'the other' }, 'resolved'],
    ['none', {}, MISSING],
    ['an empty one', { 'x-token': '' }, MALFORMED],
    ['another', { 'x-token': 'another' }, MISMATCH],
    ['the beginning', { 'x-token': SECRET.slice(0, -1) }, MISMATCH],
    ['one letter more', { 'x-token': `${SECRET}x` }, MISMATCH],
    ['another case', { 'x-token': SECRET.toUpperCase() }, MISMATCH],
    ['both, joined as Fetch joins them', { 'x-token': `${SECRET}, ${SECRET}` }, MISMATCH],
    ['its HMAC', { 'x-token': macOf('sha256', SECRET, BODY).toString('hex') }, MISMATCH],
  ])('%s', async (_, headers, wanted) => {
    expect(await verdict(provider, sent(headers))).toBe(wanted);
  });

  it('covers nothing of the delivery', async () => {
    const event = await verify(
      provider,
      sent({ 'x-token': 'the other', 'x-time': String(NOW / 1000 - 9999) }),
    );
    expect(event).toMatchObject({
      id: 'evt_1',
      type: 'ping',
      secretId: '1',
      signed: { id: false, type: false, timestamp: false },
      timestamp: new Date(NOW - 9_999_000),
    });
  });

  it('may stand behind a prefix', async () => {
    const behind = defineProvider({
      name: 'bearer',
      scheme: token({ header: 'authorization', prefix: 'Bearer ' }),
    });
    const by = (value: string) => verdict(behind({ secret: SECRET }), sent({ authorization: value }));
    expect(await by(`Bearer ${SECRET}`)).toBe('resolved');
    expect(await by(SECRET)).toBe(MALFORMED);
    expect(await by('Bearer other')).toBe(MISMATCH);
  });
});

describe('basic', () => {
  const provider = defineProvider({ name: 'basic', scheme: basic() })({ secret: 'user:p\u00e4ss:word' });
  const by = (authorization?: string) =>
    verdict(provider, request({ body: BODY, headers: authorization === undefined ? {} : { authorization } }));
  const credentials = (text: string) => Buffer.from(text).toString('base64');

  it.each<[string, string | undefined, string]>([
    ['user and password', `Basic ${credentials('user:p\u00e4ss:word')}`, 'resolved'],
    ['none', undefined, MISSING],
    ['another password', `Basic ${credentials('user:pass:word')}`, MISMATCH],
    ['another user', `Basic ${credentials('root:p\u00e4ss:word')}`, MISMATCH],
    ['the user alone', `Basic ${credentials('user')}`, MISMATCH],
    [
      'the password in Latin-1',
      `Basic ${Buffer.from('user:p\u00e4ss:word', 'latin1').toString('base64')}`,
      MISMATCH,
    ],
    ['nothing', 'Basic ', MALFORMED],
    ['not base64', 'Basic user:pass', MALFORMED],
    ['unpadded', `Basic ${credentials('user:p\u00e4ss:word').replace(/=+$/, '')}x`, MALFORMED],
    ['another scheme', `Bearer ${credentials('user:p\u00e4ss:word')}`, MALFORMED],
    ['two spaces', `Basic  ${credentials('user:p\u00e4ss:word')}`, MALFORMED],
  ])('%s', async (_, authorization, wanted) => {
    expect(await by(authorization)).toBe(wanted);
  });
});

describe('ed25519', () => {
  const pair = generateKeyPairSync('ed25519');
  const other = generateKeyPairSync('ed25519');
  const rawOf = ({ publicKey }: typeof pair) =>
    publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
  const time = String(NOW / 1000);
  const provider = defineProvider({
    name: 'asymmetric',
    scheme: ed25519({
      header: 'x-signature',
      encoding: 'hex',
      content: ['timestamp', 'body'],
      publicKey: { encoding: 'hex' },
    }),
    timestamp: { header: 'x-time', unit: 's' },
    type: { header: 'x-type' },
  })({ publicKey: [rawOf(other), { id: 'current', value: rawOf(pair) }] });
  const signature = sign(
    null,
    Buffer.concat([Buffer.from(time), Buffer.from(BODY)]),
    pair.privateKey,
  ).toString('hex');
  const sent = (headers: Record<string, string> = {}, body = BODY) =>
    request({ body, headers: { 'x-time': time, 'x-type': 'ping', 'x-signature': signature, ...headers } });

  it('matches by the key that made it', async () => {
    expect(await verify(provider, sent())).toMatchObject({
      secretId: 'current',
      signed: { id: true, type: false, timestamp: true },
    });
  });

  it.each<[string, Parameters<typeof sent>, string]>([
    ['another body', [{}, `${BODY} `], MISMATCH],
    ['another time', [{ 'x-time': String(NOW / 1000 - 1) }], MISMATCH],
    ['upper-case hex', [{ 'x-signature': signature.toUpperCase() }], MALFORMED],
    ['half of it', [{ 'x-signature': signature.slice(0, 64) }], MALFORMED],
    ['all zeros', [{ 'x-signature': '00'.repeat(64) }], MISMATCH],
    [
      'a MAC by the public key',
      [{ 'x-signature': macOf('sha512', rawOf(pair), time, BODY).toString('hex') }],
      MISMATCH,
    ],
  ])('does not match %s', async (_, spec, wanted) => {
    expect(await verdict(provider, sent(...spec))).toBe(wanted);
  });

  it('does not match a key that was not configured', async () => {
    const stranger = generateKeyPairSync('ed25519');
    const made = sign(null, Buffer.from(time + BODY), stranger.privateKey).toString('hex');
    expect(await verdict(provider, sent({ 'x-signature': made }))).toBe(MISMATCH);
  });

  it('tries every signature with every key', async () => {
    const several = defineProvider({
      name: 'several',
      scheme: ed25519({
        header: 'x-signature',
        encoding: 'hex',
        content: ['body'],
        publicKey: { encoding: 'hex' },
        pairs: { separator: ',', signature: 'v1' },
      }),
    })({ publicKey: [rawOf(other), { id: 'current', value: rawOf(pair) }] });
    const made = sign(null, Buffer.from(BODY), pair.privateKey).toString('hex');
    const by = (...each: string[]) =>
      verdict(
        several,
        request({ body: BODY, headers: { 'x-signature': each.map((text) => `v1=${text}`).join(',') } }),
      );
    const wrong = '00'.repeat(64);
    expect(await by(made, wrong)).toBe('resolved');
    expect(await by(wrong, made)).toBe('resolved');
    expect(await by(wrong, made, wrong)).toBe('resolved');
    expect(await by(wrong, wrong)).toBe(MISMATCH);
  });
});

describe('a scheme of your own', () => {
  /** Signs `body` with its bytes reversed, by adding the first byte of the key; asks later or throws on demand. */
  const own = (key: Scheme['key']): Scheme<'secret'> => ({
    kind: 'own',
    option: 'secret',
    secret: { encoding: 'utf8' },
    grammar: { header: 'x-signature' },
    encoding: 'text',
    covers: ['body'],
    content: ({ body }) => [body.slice().reverse()],
    key,
  });
  const given = (key: Scheme['key']) =>
    defineProvider({ name: 'own', scheme: own(key) })({ secret: ['a', 'b'] });
  const sent = request({ body: 'abc', headers: { 'x-signature': 'bcba' } });

  it.each<[string, Scheme['key']]>([
    [
      'at once',
      (secret) => ({
        verify: ([content], { signatures }) =>
          Buffer.concat([secret, content as Uint8Array]).equals(signatures[0] as Uint8Array),
      }),
    ],
    [
      'later',
      (secret) => ({
        verify: async ([content], { signatures }) =>
          Buffer.concat([secret, content as Uint8Array]).equals(signatures[0] as Uint8Array),
      }),
    ],
  ])('may answer %s', async (_, key) => {
    const provider = given(key);
    expect(
      await verdict(provider, request({ ...sent, body: 'abc', headers: { 'x-signature': 'acba' } })),
    ).not.toBe(MISMATCH);
    expect(
      await verdict(provider, request({ ...sent, body: 'abc', headers: { 'x-signature': 'abc' } })),
    ).toBe(MISMATCH);
  });

  it('sees the delivery taken apart', async () => {
    let seen: unknown;
    const provider = given(() => ({
      verify(content, { body, signatures, id, timestamp, url }) {
        seen = { content, body, signatures, id, timestamp, url };
        return false;
      },
    }));
    await verdict(provider, sent);
    expect(seen).toEqual({
      content: [utf8('cba')],
      body: utf8('abc'),
      signatures: [utf8('bcba')],
      id: undefined,
      timestamp: undefined,
      url: '',
    });
  });

  it('is asked for every secret, a match or not', async () => {
    const asked: string[] = [];
    const provider = given((secret) => ({ verify: () => asked.push(Buffer.from(secret).toString()) > 0 }));
    expect((await verify(provider, request({ body: '{}', headers: { 'x-signature': 'x' } }))).secretId).toBe(
      '0',
    );
    expect(asked).toEqual(['a', 'b']);
  });
});
