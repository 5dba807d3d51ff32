import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  createReceiver,
  defineProvider,
  digest,
  hmac,
  type ProviderRecord,
  type Scheme,
  token,
} from '../src/index.ts';
import { macOf, NOW, request, SECRET, thrownBy, verdict, verify } from './support/acme.ts';

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
const MISSING = 'ERR_WEBHOOK_SIGNATURE_MISSING';
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';

const BODY = '{"id":"evt_1","type":"ping","sum":{"at":"5"}}';
const OTHER = 'another-secret';
const hexOf = (secret: string, ...content: string[]) => macOf('sha256', secret, ...content).toString('hex');

const base = { hash: 'sha256', encoding: 'hex', content: ['body'] } as const;

const providerOf = (
  scheme: ProviderRecord<'secret'>['scheme'],
  rest: Partial<ProviderRecord<'secret'>> = {},
  secret: string | string[] = SECRET,
) => defineProvider<'secret'>({ name: 'placed', scheme, ...rest })({ secret });

describe('a signature in the query', () => {
  const provider = providerOf(hmac({ query: 'signature', ...base }));
  const at = (query: string) => request({ url: `/hooks${query}`, body: BODY });

  it.each([
    ['alone', `?signature=${hexOf(SECRET, BODY)}`, 'resolved'],
    ['among others', `?a=1&signature=${hexOf(SECRET, BODY)}&b=2`, 'resolved'],
    ['twice', `?signature=${hexOf(SECRET, BODY)}&signature=${hexOf(SECRET, BODY)}`, MISSING],
    ['not there', '?a=1', MISSING],
    ['empty', '?signature=', MALFORMED],
    ['of another secret', `?signature=${hexOf(OTHER, BODY)}`, MISMATCH],
  ])('%s', async (_, query, wanted) => {
    expect(await verdict(provider, at(query))).toBe(wanted);
  });

  it('is named when it is missing', async () => {
    await expect(verify(provider, at(''))).rejects.toThrow('there is no query parameter signature');
  });
});

describe('a signature in the payload, over values of it', () => {
  const scheme = hmac({
    payload: 'signature.value',
    ...base,
    content: [{ payload: 'signature.time' }, { text: '|' }, { payload: 'sum.at' }],
  });
  const provider = providerOf(scheme, {
    id: { payload: 'sum.at' },
    type: { payload: 'type' },
    timestamp: { payload: 'signature.time', unit: 's' },
  });
  const seconds = String(NOW / 1000);
  const sent = (value: unknown, { time = seconds, at = '5' } = {}) =>
    request({ body: JSON.stringify({ type: 'ping', sum: { at }, signature: { time, value } }) });
  const good = hexOf(SECRET, seconds, '|', '5');

  it('is verified, and covers those values and no others', async () => {
    const event = await verify(provider, sent(good));
    expect(event).toMatchObject({ id: '5', signed: { id: true, type: false, timestamp: true } });
  });

  it('covers nothing of what it does not name', async () => {
    expect(await verdict(provider, sent(good, { at: '6' }))).toBe(MISMATCH);
    expect(await verdict(provider, sent(good, { time: String(NOW / 1000 + 1) }))).toBe(MISMATCH);
  });

  it('has a time that counts', async () => {
    const time = String(NOW / 1000 - 301);
    expect(await verdict(provider, sent(hexOf(SECRET, time, '|', '5'), { time }))).toBe(
      'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
    );
  });

  it.each([
    ['no signature', sent(undefined), MISSING],
    ['an object for one', sent({}), MISSING],
    ['a list for one', sent([good]), MISSING],
    ['no JSON at all', request({ body: 'signature' }), MISSING],
    ['an empty body', request({ body: '' }), MISSING],
    ['null', request({ body: 'null' }), MISSING],
    ['upper case', sent(good.toUpperCase()), MALFORMED],
  ])('is missing from %s', async (_, delivery, wanted) => {
    expect(await verdict(provider, delivery)).toBe(wanted);
  });

  it('may be longer than a header may', async () => {
    const long = providerOf(token({ payload: 'key' }), {}, 'k'.repeat(9000));
    expect(await verdict(long, request({ body: JSON.stringify({ key: 'k'.repeat(9000) }) }))).toBe(
      'resolved',
    );
  });
});

describe('signatures in several headers', () => {
  const names = ['x-signature-1', 'x-signature-2', 'x-signature-3'];
  const provider = providerOf(hmac({ header: names, all: true, ...base }), {}, [SECRET, OTHER]);
  const [mine, others, wrong] = [hexOf(SECRET, BODY), hexOf(OTHER, BODY), hexOf('wrong', BODY)];

  it.each([
    ['all of them good', { 'x-signature-1': mine, 'x-signature-2': others }, 'resolved'],
    ['the last one good', { 'x-signature-1': wrong, 'x-signature-3': others }, 'resolved'],
    ['none good', { 'x-signature-1': wrong, 'x-signature-2': wrong }, MISMATCH],
    ['none at all', {}, MISSING],
    [
      'one that cannot be read beside a good one',
      { 'x-signature-1': 'none', 'x-signature-2': mine },
      'resolved',
    ],
  ])('%s', async (_, headers, wanted) => {
    expect(await verdict(provider, request({ body: BODY, headers: headers as Record<string, string> }))).toBe(
      wanted,
    );
  });
});

describe('groups, each with a time of its own', () => {
  const provider = providerOf(
    hmac({
      header: 'x-signature',
      ...base,
      pairs: { separator: ',', signature: 'v1', fields: ['t'], groups: ' ' },
      content: ['timestamp', { text: '.' }, 'body'],
    }),
    { timestamp: { field: 't', unit: 's' } },
  );
  const now = NOW / 1000;
  const group = (time: number, secret = SECRET) => `t=${time},v1=${hexOf(secret, `${time}.${BODY}`)}`;
  const sent = (header: string) => request({ body: BODY, headers: { 'x-signature': header } });

  it.each([
    ['one', group(now), 'resolved'],
    ['two, of which the second is ours', `${group(now - 5, OTHER)} ${group(now)}`, 'resolved'],
    ['two, of which the first is ours', `${group(now)} ${group(now - 5, OTHER)}`, 'resolved'],
    [
      'a time of one group beside the signature of another',
      `t=${now},v1=${hexOf(OTHER, 'x')} t=${now - 1},v1=${hexOf(SECRET, `${now}.${BODY}`)}`,
      MISMATCH,
    ],
    ['one that is too old', group(now - 301), 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    ['one that cannot be read', `${group(now)} nothing`, MALFORMED],
  ])('%s', async (_, header, wanted) => {
    expect(await verdict(provider, sent(header))).toBe(wanted);
  });
});

describe('a list in which place decides', () => {
  const provider = providerOf(
    hmac({
      header: 'x-signature',
      ...base,
      list: { separator: ',', fields: ['t'] },
      content: ['timestamp', { text: '.' }, 'body'],
    }),
    { timestamp: { field: 't', unit: 'ms' } },
  );
  const good = hexOf(SECRET, `${NOW}.${BODY}`);
  it.each([
    ['one signature', `${NOW},${good}`, 'resolved'],
    ['two, of which one is good', `${NOW},${hexOf(OTHER, `${NOW}.${BODY}`)},${good}`, 'resolved'],
    ['the time alone', `${NOW}`, MALFORMED],
    ['a signature in place of the time', `${good},${NOW}`, MALFORMED],
    ['nothing', '', MALFORMED],
  ])('%s', async (_, header, wanted) => {
    expect(await verdict(provider, request({ body: BODY, headers: { 'x-signature': header } }))).toBe(wanted);
  });
});

describe('what is signed besides the body', () => {
  it('the path, without the query', async () => {
    const provider = providerOf(
      hmac({ header: 'x-signature', ...base, content: ['method', 'path', 'body'] }),
    );
    const headers = { 'x-signature': hexOf(SECRET, 'POST/hooks', BODY) };
    expect(await verdict(provider, request({ url: '/hooks?a=1', body: BODY, headers }))).toBe('resolved');
    expect(await verdict(provider, request({ url: '/other', body: BODY, headers }))).toBe(MISMATCH);
  });

  it.each([
    ['as text', 'hex' as const],
    ['raw', undefined],
  ])('the hash of the body, %s', async (_, encoding) => {
    const part = { digest: 'sha256', ...(encoding && { encoding }) } as const;
    const provider = providerOf(hmac({ header: 'x-signature', ...base, content: [{ text: 'a\n' }, part] }), {
      type: { payload: 'type' },
    });
    const hash = createHash('sha256').update(BODY);
    const signature = macOf('sha256', SECRET, 'a\n', encoding ? hash.digest(encoding) : hash.digest());
    const headers = { 'x-signature': signature.toString('hex') };
    const event = await verify(provider, request({ body: BODY, headers }));
    expect(event.signed.type).toBe(true);
    expect(await verdict(provider, request({ body: `${BODY} `, headers }))).toBe(MISMATCH);
  });

  it('nothing, where the payload has no such value', async () => {
    const provider = providerOf(
      hmac({
        header: 'x-signature',
        ...base,
        content: [{ payload: 'none' }, { text: ':' }, { payload: 'type' }],
      }),
    );
    const headers = { 'x-signature': hexOf(SECRET, ':ping') };
    expect(await verdict(provider, request({ body: BODY, headers }))).toBe('resolved');
  });
});

describe('a plain hash with the secret in it', () => {
  const digestOf = (...content: string[]) => createHash('sha256').update(content.join('')).digest('hex');
  const sent = (signature: string) => request({ body: BODY, headers: { 'x-signature': signature } });

  it.each([
    ['first', ['secret', 'body'] as const, digestOf(SECRET, BODY)],
    ['last', ['body', 'secret'] as const, digestOf(BODY, SECRET)],
    ['in between', [{ text: 'a' }, 'secret', 'body'] as const, digestOf('a', SECRET, BODY)],
  ])('%s', async (_, content, signature) => {
    const provider = providerOf(digest({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content }));
    expect(await verdict(provider, sent(signature))).toBe('resolved');
    expect(await verdict(provider, sent(digestOf(BODY)))).toBe(MISMATCH);
    expect(await verdict(provider, sent(digestOf(OTHER, BODY)))).toBe(MISMATCH);
  });
});

describe('several schemes of one option', () => {
  const schemes = (['sha512', 'sha256'] as const).map((hash) =>
    hmac({ header: 'x-signature', ...base, hash, prefix: `${hash}=` }),
  );
  const provider = providerOf(schemes);
  it.each(['sha512', 'sha256'])('are all given its secret: %s', async (hash) => {
    const headers = { 'x-signature': `${hash}=${macOf(hash, SECRET, BODY).toString('hex')}` };
    expect(await verdict(provider, request({ body: BODY, headers }))).toBe('resolved');
  });

  it('are each tried in its own place', async () => {
    const either = providerOf([token({ header: 'x-token' }), token({ query: 'token' })]);
    expect(await verdict(either, request({ headers: { 'x-token': SECRET }, body: '{}' }))).toBe('resolved');
    expect(await verdict(either, request({ url: `/hooks?token=${SECRET}`, body: '{}' }))).toBe('resolved');
    const both = request({ url: `/hooks?token=${SECRET}`, headers: { 'x-token': OTHER }, body: '{}' });
    expect(await verdict(either, both)).toBe(MISMATCH);
  });
});

it('splits a text that holds several secrets', async () => {
  const provider = providerOf(
    hmac({ header: 'x-signature', ...base, secret: { encoding: 'utf8', separator: '|' } }),
    {},
    `${OTHER}|${SECRET}`,
  );
  const headers = { 'x-signature': hexOf(SECRET, BODY) };
  expect((await verify(provider, request({ body: BODY, headers }))).secretId).toBe('1');
});

it('reads the secret out of what is configured', async () => {
  const scheme = hmac({
    header: 'x-signature',
    ...base,
    secret: { encoding: 'utf8', read: (text) => text.split(':')[1] ?? '' },
  });
  const headers = { 'x-signature': hexOf(SECRET, BODY) };
  expect(await verdict(providerOf(scheme, {}, `key:${SECRET}`), request({ body: BODY, headers }))).toBe(
    'resolved',
  );
  expect(thrownBy(() => providerOf(scheme, {}, 'key'))).toMatchObject({ code: 'ERR_WEBHOOK_CONFIG_SECRET' });
});

describe('a scheme that finds its own keys', () => {
  const keyless: Scheme<never> = {
    kind: 'published',
    secret: { encoding: 'utf8' },
    grammar: { header: 'x-signature' },
    encoding: 'text',
    covers: ['body'],
    claims: ['at', 'jti', 'kind'],
    key: () => ({
      async verify(_content, { signatures }) {
        const text = new TextDecoder().decode(signatures[0]);
        if (text !== 'good') return false;
        const fields = { at: String(NOW / 1000), jti: 'j1', kind: 'pinged' };
        return { fields, payload: { value: { of: 'the token' } }, content: ['what was signed'] };
      },
    }),
  };
  const provider = defineProvider<never>({
    name: 'published',
    scheme: keyless,
    id: { field: 'jti' },
    type: { field: 'kind' },
    timestamp: { field: 'at', unit: 's' },
  })({});
  const sent = (signature: string) => request({ body: 'anything', headers: { 'x-signature': signature } });

  it('needs no option, and brings id, type, time and payload along', async () => {
    const event = await verify(provider, sent('good'));
    expect(event).toMatchObject({
      id: 'j1',
      type: 'pinged',
      payload: { of: 'the token' },
      timestamp: new Date(NOW),
      signed: { id: true, type: true, timestamp: true },
    });
    expect(await verdict(provider, sent('bad'))).toBe(MISMATCH);
  });

  it('has a time that counts', async () => {
    const later = { now: () => NOW + 301_000 };
    await expect(verify(provider, sent('good'), later)).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
    });
  });

  it('may depend on options', async () => {
    const made = defineProvider<'secret', Record<string, unknown>, { header: string }>({
      name: 'chosen',
      scheme: ({ header }) => hmac({ header, ...base }),
    })({ secret: SECRET, header: 'x-mine' });
    expect(await verdict(made, request({ body: BODY, headers: { 'x-mine': hexOf(SECRET, BODY) } }))).toBe(
      'resolved',
    );
  });
});

it('takes several sources together for an id', async () => {
  const provider = providerOf(hmac({ header: 'x-signature', ...base }), {
    id: { every: [{ payload: 'type' }, { payload: 'id' }] },
  });
  const idOf = async (body: string) =>
    (await verify(provider, request({ body, headers: { 'x-signature': hexOf(SECRET, body) } }))).id;
  expect(await idOf('{"type":"a","id":"b"}')).toBe('["a","b"]');
  expect(await idOf('{"type":"a"}')).toBeUndefined();
  expect(await idOf('{"type":"a\\",\\"b","id":"c"}')).not.toBe(await idOf('{"type":"a","id":"b\\",\\"c"}'));
});

it.each([
  ['no place', {}],
  ['two places', { header: 'x-signature', query: 'signature' }],
])('refuses a record with %s for its signature', (_, place) => {
  expect(thrownBy(() => providerOf(hmac({ ...place, ...base })))).toMatchObject({
    code: 'ERR_WEBHOOK_CONFIG_PROVIDER',
    message: expect.stringContaining('say where the hmac signature stands'),
  });
});

describe('answers that a sender wants otherwise', () => {
  const provider = providerOf(hmac({ header: 'x-signature', ...base }), {
    acknowledge: { status: 200 },
    answers: {
      refused: { status: 401, headers: { 'www-authenticate': 'Basic' } },
      permanent: { status: 406, body: 'no' },
    },
  });
  const handled = (handler: () => unknown, signature = hexOf(SECRET, BODY)) =>
    createReceiver(provider, { on: { '*': handler }, logger: false }).handle(
      request({ body: BODY, headers: { 'x-signature': signature } }),
    );

  it.each([
    ['taken', () => undefined, undefined, 200, ''],
    ['refused', () => undefined, hexOf(OTHER, BODY), 401, ''],
    [
      'given up',
      () => {
        throw Object.assign(new Error('never'), { code: 'ERR_WEBHOOK_PERMANENT' });
      },
      undefined,
      406,
      'no',
    ],
    [
      'failed',
      () => {
        throw new Error('now');
      },
      undefined,
      500,
      '{"error":"handler_failed"}',
    ],
  ])('%s', async (_, handler, signature, status, body) => {
    const response = await handled(handler, signature);
    expect(response).toMatchObject({ status, body });
    expect(response.headers['www-authenticate']).toBe(status === 401 ? 'Basic' : undefined);
  });
});
