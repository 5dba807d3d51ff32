import { describe, expect, it } from 'vitest';
import {
  createReceiver,
  defineProvider,
  hmac,
  type Secret,
  type SecretResolver,
  type WebhookError,
} from '../src/index.ts';
import { acme, codeOf, delivery, NOW, SECRET, utf8 } from './support/acme.ts';

const settings = { store: false, logger: false, now: () => NOW } as const;
const receiverOf = (secret: SecretResolver, timeout = 10_000) =>
  createReceiver(acme({ secret }), { ...settings, timeout });
const verify = (secret: SecretResolver, sent = delivery()) => receiverOf(secret).verify(sent);

/** acme, with a count of the keys that were made. */
function counted() {
  const scheme = hmac({
    header: 'x-acme-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['id', { text: '.' }, 'timestamp', { text: '.' }, 'body'],
  });
  const made: string[] = [];
  const provider = defineProvider({
    name: 'counted',
    scheme: {
      ...scheme,
      key(bytes) {
        made.push(new TextDecoder().decode(bytes));
        return scheme.key(bytes);
      },
    },
    id: { header: 'x-acme-id' },
    timestamp: { header: 'x-acme-timestamp', unit: 's' },
  });
  return { provider, made };
}

describe('a resolver', () => {
  const tenants: Record<string, string> = { '/hooks/a': 'secret-of-a', '/hooks/b': 'secret-of-b' };
  const byUrl: SecretResolver = async ({ url }) => tenants[url];

  it.each([
    ['/hooks/a', 'secret-of-a', 'resolved'],
    ['/hooks/b', 'secret-of-b', 'resolved'],
    ['/hooks/a', 'secret-of-b', 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
    ['/hooks/c', 'secret-of-a', 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
  ])('keeps tenants apart: %s signed with %s is %s', async (url, secret, wanted) => {
    expect(await codeOf(verify(byUrl, delivery({}, { url, secret })))).toBe(wanted);
  });

  it('serves tenants at the same time', async () => {
    const slow: SecretResolver = async ({ url }) => {
      await new Promise((resolve) => setTimeout(resolve, url === '/hooks/a' ? 10 : 1));
      return tenants[url];
    };
    const receiver = receiverOf(slow);
    const verdicts = await Promise.all(
      Object.entries(tenants).flatMap(([url, secret]) =>
        [secret, 'secret-of-nobody'].map((by) => codeOf(receiver.verify(delivery({}, { url, secret: by })))),
      ),
    );
    expect(verdicts).toEqual([
      'resolved',
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
      'resolved',
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ]);
  });

  it('sees the method, the address and the headers', async () => {
    const sent = delivery({}, { url: '/hooks/a?x=1', headers: { 'x-tenant': 'a' } });
    let seen: unknown;
    await verify(({ method, url, headers }) => {
      seen = [method, url, headers.get('x-tenant')];
      return SECRET;
    }, sent);
    expect(seen).toEqual(['POST', '/hooks/a?x=1', 'a']);
  });

  it('is not asked about a request that is refused before', async () => {
    let asked = 0;
    const resolve: SecretResolver = () => {
      asked++;
      return SECRET;
    };
    const receiver = receiverOf(resolve);
    expect(await codeOf(receiver.verify(delivery({}, { method: 'GET' })))).toBe('ERR_WEBHOOK_METHOD');
    expect(await codeOf(receiver.verify(delivery({}, { headers: { 'content-length': '99999999' } })))).toBe(
      'ERR_WEBHOOK_BODY_TOO_LARGE',
    );
    expect(asked).toBe(0);
  });

  it.each<[string, SecretResolver, string]>([
    ['a text at once', () => SECRET, '0'],
    ['a text later', async () => SECRET, '0'],
    ['bytes', async () => utf8(SECRET), '0'],
    ['several', async () => ['other', SECRET], '1'],
    ['a named one', async () => ({ id: 'acct_1', value: SECRET }), 'acct_1'],
    [
      'named ones',
      async () => [
        { id: 'a', value: 'other' },
        { id: 'b', value: SECRET },
      ],
      'b',
    ],
    ['a named one among others', async () => ['other', { id: 'b', value: SECRET }, 'third'], 'b'],
    ['one that has not ended', async () => ({ id: 'a', value: SECRET, notAfter: NOW + 1 }), 'a'],
  ])('may give %s', async (_, resolve, secretId) => {
    expect((await verify(resolve)).secretId).toBe(secretId);
  });

  it.each<[string, SecretResolver]>([
    ['undefined', async () => undefined],
    ['undefined at once', () => undefined],
    ['no secrets', async () => []],
    ['null', async () => null as unknown as undefined],
    ['one that has ended', async () => ({ id: 'a', value: SECRET, notAfter: NOW })],
    ['one that has ended, by Date', async () => [{ id: 'a', value: SECRET, notAfter: new Date(NOW - 1) }]],
    ['one that ends at no date', async () => [{ id: 'a', value: SECRET, notAfter: new Date('soon') }]],
  ])('that gives %s knows no such tenant: 401', async (_, resolve) => {
    await expect(verify(resolve)).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
      status: 401,
      answer: 'signature_invalid',
    });
  });

  const boom = new Error('the database is away');
  const broken =
    (value: unknown): SecretResolver =>
    async () =>
      value as Secret;

  it.each<[string, SecretResolver]>([
    [
      'throws',
      () => {
        throw boom;
      },
    ],
    [
      'rejects',
      async () => {
        throw boom;
      },
    ],
    [
      'throws no Error',
      () => {
        throw null;
      },
    ],
    ['gives the empty text', broken('')],
    ['gives a text with white space', broken('hush-5512 ')],
    ['gives a number', broken(5512)],
    ['gives an object', broken({})],
    ['gives null among others', broken([SECRET, null])],
    ['gives undefined among others', broken([SECRET, undefined])],
    ['gives an empty named one', broken({ id: 'a', value: '' })],
  ])('that %s is our fault: 500', async (_, resolve) => {
    const error = await verify(resolve).catch((thrown: WebhookError) => thrown);
    expect(error).toMatchObject({
      code: 'ERR_WEBHOOK_SECRET_UNAVAILABLE',
      status: 500,
      answer: 'misconfigured',
    });
    expect(JSON.stringify([error, String((error as WebhookError).cause)])).not.toContain('5512');
  });

  it('keeps what was thrown as the cause', async () => {
    await expect(verify(() => Promise.reject(boom))).rejects.toMatchObject({ cause: boom });
  });

  it('that hangs is our fault after the timeout: 500', async () => {
    const receiver = receiverOf(() => new Promise(() => {}), 30);
    await expect(receiver.verify(delivery())).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_SECRET_UNAVAILABLE',
      status: 500,
      message: expect.stringContaining('30 ms'),
    });
  });
});

describe('keys', () => {
  it('of a fixed secret are made once, when the program starts', async () => {
    const { provider, made } = counted();
    const receiver = createReceiver(provider({ secret: [SECRET, 'other'] }), settings);
    expect(made).toEqual([SECRET, 'other']);
    for (let round = 0; round < 3; round++) await receiver.verify(delivery());
    expect(made).toHaveLength(2);
  });

  const bytes = utf8(SECRET);
  it.each<[string, SecretResolver]>([
    ['a text', async () => SECRET],
    ['a named text', async () => ({ id: 'a', value: SECRET })],
    ['several', async () => [SECRET, { id: 'b', value: SECRET }]],
    ['bytes', async () => bytes],
    ['named bytes', async () => ({ id: 'a', value: bytes })],
  ])('of a resolved secret are made once: %s', async (_, resolve) => {
    const { provider, made } = counted();
    const receiver = createReceiver(provider({ secret: resolve }), settings);
    await Promise.all(Array.from({ length: 5 }, () => receiver.verify(delivery())));
    await receiver.verify(delivery());
    expect(made).toEqual([SECRET]);
  });

  it('of resolved secrets follow the secret, not its name', async () => {
    const { provider, made } = counted();
    let value = 'before';
    const receiver = createReceiver(provider({ secret: () => ({ id: 'a', value }) }), settings);
    await receiver.verify(delivery({}, { secret: 'before' }));
    value = 'after';
    await receiver.verify(delivery({}, { secret: 'after' }));
    expect(await codeOf(receiver.verify(delivery({}, { secret: 'before' })))).toBe(
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    );
    expect(made).toEqual(['before', 'after']);
  });

  it('of bytes are not those of the text that writes them', async () => {
    const { provider, made } = counted();
    const text = Buffer.from(bytes).toString('hex');
    const receiver = createReceiver(provider({ secret: () => [bytes, text] }), settings);
    expect((await receiver.verify(delivery({}, { secret: text }))).secretId).toBe('1');
    expect((await receiver.verify(delivery({}, { secret: bytes }))).secretId).toBe('0');
    expect(made).toEqual([SECRET, text]);
  });

  it('of resolved secrets are not kept without end', async () => {
    const { provider, made } = counted();
    const receiver = createReceiver(provider({ secret: ({ url }) => `secret-of-${url}` }), settings);
    const visit = (tenant: number) =>
      receiver.verify(delivery({}, { url: `/${tenant}`, secret: `secret-of-/${tenant}` }));
    for (let tenant = 0; tenant < 3000; tenant++) await visit(tenant);
    expect(made).toHaveLength(3000);
    await visit(0);
    expect(made).toHaveLength(3001);
  });
});
