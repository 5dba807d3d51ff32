import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Provider } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import { adobeIo } from '../src/adobe-io.ts';
import { awsSns } from '../src/aws-sns.ts';
import { circle } from '../src/circle.ts';
import { ebay } from '../src/ebay.ts';
import { fal } from '../src/fal.ts';
import { fireblocks } from '../src/fireblocks.ts';
import { githubSecretScanning } from '../src/github-secret-scanning.ts';
import { neonAuth } from '../src/neon-auth.ts';
import { type PaypalOptions, paypal } from '../src/paypal.ts';
import { wise } from '../src/wise.ts';
import { configurationError, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';
import { requestOf, type Vector } from './support/vector.ts';
import { vectorsOf } from './support/vectors.ts';

const genuine = (file: string): Vector =>
  vectorsOf(file).find(({ expect: verdict }) => verdict === 'valid') as Vector;

interface Asked {
  readonly url: string;
  readonly authorization: string | null;
}

/** The network, which answers with what a vector says and keeps what was asked of it. */
function network(fetched: Readonly<Record<string, string>> = {}) {
  const asked: Asked[] = [];
  const fetch = async (address: unknown, init: RequestInit = {}): Promise<Response> => {
    const url = String(address);
    asked.push({ url, authorization: new Headers(init.headers).get('authorization') });
    return new Response(fetched[url] ?? '', { status: fetched[url] === undefined ? 404 : 200 });
  };
  return { asked, fetch: fetch as typeof globalThis.fetch };
}

describe('credentials for the keys', () => {
  const rows: [name: string, file: string, authorization: string | null, make: (fetch: never) => Provider][] =
    [
      ['circle', 'circle', 'Bearer TEST', (fetch) => circle({ apiKey: 'TEST', fetch })],
      ['ebay, by a function', 'ebay', 'Bearer fresh', (fetch) => ebay({ token: async () => 'fresh', fetch })],
      ['github', 'github-secret-scanning', null, (fetch) => githubSecretScanning({ fetch })],
      [
        'github, with a token',
        'github-secret-scanning',
        'Bearer ghp_1',
        (fetch) => githubSecretScanning({ token: 'ghp_1', fetch }),
      ],
    ];
  it.each(rows)('%s', async (_, file, authorization, make) => {
    const vector = genuine(file);
    const net = network(vector.fetched);
    const receiver = verifierOf(make(net.fetch as never));
    expect(await verdictOf(receiver, requestOf(vector))).toBe('accepted');
    expect(await verdictOf(receiver, requestOf(vector))).toBe('accepted');
    expect(net.asked).toEqual([{ url: Object.keys(vector.fetched ?? {})[0], authorization }]);
  });

  it('that cannot be had make the delivery come again', async () => {
    const vector = genuine('ebay');
    const token = async () => {
      throw new Error('no token');
    };
    const receiver = verifierOf(ebay({ token, fetch: network(vector.fetched).fetch }));
    expect(await verdictOf(receiver, requestOf(vector))).toBe('ERR_WEBHOOK_KEY_UNAVAILABLE');
  });

  it('that are refused do so too: it is the configuration that is wrong', async () => {
    const fetch = (async () => new Response('', { status: 401 })) as unknown as typeof globalThis.fetch;
    const receiver = verifierOf(circle({ apiKey: 'TEST', fetch }));
    expect(await verdictOf(receiver, requestOf(genuine('circle')))).toBe('ERR_WEBHOOK_KEY_UNAVAILABLE');
  });
});

it('a signature that fits no key of fal has them fetched anew, and then not again for a while', async () => {
  const vector = genuine('fal');
  const [url = '', right = ''] = Object.entries(vector.fetched ?? {})[0] ?? [];
  const { keys } = JSON.parse(right) as { keys: unknown[] };
  const served = { [url]: JSON.stringify({ keys: keys.slice(0, 1) }) };
  const net = network(served);
  let now = (vector.at ?? 0) * 1000;
  const receiver = verifierOf(fal({ fetch: net.fetch }), { now: () => now });
  expect(await verdictOf(receiver, requestOf(vector))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
  served[url] = right;
  expect(await verdictOf(receiver, requestOf(vector))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
  expect(net.asked).toHaveLength(1);
  now += 30_000;
  expect(await verdictOf(receiver, requestOf(vector))).toBe('accepted');
  expect(net.asked).toHaveLength(2);
});

describe('the challenge of eBay', () => {
  const verificationToken = '71745723-d031-455c-bfa5-f90d11b4f20a';
  const endpoint = 'https://example.com/webhooks/ebay';
  const receiver = receiverOf(ebay({ token: 't', verificationToken, endpoint }));
  const get = (url: string, method = 'GET') => request({ method, url });

  it('is answered with its hash', async () => {
    const answer = await receiver.handle(get('/hook?challenge_code=a8628072'));
    // echo -n CODE TOKEN ENDPOINT | sha256sum, as eBay's page has it in Node.
    const proof = createHash('sha256')
      .update('a8628072')
      .update(verificationToken)
      .update(endpoint)
      .digest('hex');
    expect(answer).toMatchObject({ status: 200, body: `{"challengeResponse":"${proof}"}` });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  it.each([
    ['empty', '/hook?challenge_code=', 403],
    ['too long', `/hook?challenge_code=${'a'.repeat(1025)}`, 403],
    ['twice', '/hook?challenge_code=a&challenge_code=b', 405],
    ['missing', '/hook', 405],
  ])('that is %s is not', async (_, url, status) => {
    expect(await receiver.handle(get(url))).toMatchObject({ status });
  });

  it('is none by POST', async () => {
    expect(await receiver.handle(get('/hook?challenge_code=a', 'POST'))).toMatchObject({ status: 412 });
  });

  it('is not answered before token and endpoint are given, which is both or none', async () => {
    expect(await receiverOf(ebay({ token: 't' })).handle(get('/hook?challenge_code=a'))).toMatchObject({
      status: 405,
    });
    for (const half of [{ verificationToken }, { endpoint }, { verificationToken, endpoint: '' }]) {
      expect(configurationError(() => ebay({ token: 't', ...half }))).toBe('ERR_WEBHOOK_CONFIG_OPTION');
    }
  });
});

describe('the challenge of Adobe', () => {
  const receiver = receiverOf(adobeIo({ clientId: 'client' }));
  it('is echoed as plain text', async () => {
    const challenge = '8ec8d794-e0ab-42df-9017-e3dada8e84f7';
    const answer = await receiver.handle(request({ method: 'GET', url: `/hook?challenge=${challenge}` }));
    expect(answer).toMatchObject({ status: 200, body: challenge });
    expect(answer.headers['content-type']).toMatch(/^text\/plain/);
  });

  it.each(['', 'a'.repeat(1025), 'a%0Ab'])('that is %j is not', async (challenge) => {
    const answer = await receiver.handle(request({ method: 'GET', url: `/hook?challenge=${challenge}` }));
    expect(answer.status).toBe(403);
  });

  it('by a validation URL is not followed', async () => {
    const body = '{"validationUrl":"https://evil.test/"}';
    expect(await receiver.handle(request({ body }))).toMatchObject({ status: 401 });
  });
});

it('Circle finds somebody there by HEAD, and reaches no handler with it', async () => {
  const handled: unknown[] = [];
  const receiver = receiverOf(circle({ apiKey: 'k' }), { on: { '*': (event) => handled.push(event) } });
  expect(await receiver.handle(request({ method: 'HEAD' }))).toMatchObject({ status: 200, body: '' });
  expect(handled).toEqual([]);
});

describe('wrong options', () => {
  it.each<[name: string, make: () => unknown]>([
    ['circle without an API key', () => circle({ apiKey: undefined })],
    ['circle of another product', () => circle({ apiKey: 'k', product: 'mint' as never })],
    ['ebay without a token', () => ebay({ token: undefined })],
    ['ebay of another environment', () => ebay({ token: 't', environment: 'toString' as never })],
    ['adobe without a client id', () => adobeIo({ clientId: '' })],
    ['fireblocks of another environment', () => fireblocks({ environment: 'constructor' as never })],
    ['wise of another environment', () => wise({ environment: 'test' as never })],
    ['neon without a URL', () => neonAuth({ url: undefined })],
    ['neon by http', () => neonAuth({ url: 'http://x.neonauth.test/auth' })],
    ['neon at a port', () => neonAuth({ url: 'https://x.neonauth.test:8080/auth' })],
  ])('%s throw', (_, make) => {
    expect(configurationError(make)).toBe('ERR_WEBHOOK_CONFIG_OPTION');
  });

  it('an override that is not set throws: no built-in key stands in for it', () => {
    expect(configurationError(() => wise({ publicKey: undefined as never }))).toBe(
      'ERR_WEBHOOK_CONFIG_SECRET',
    );
  });
});

describe('the two keys of Adobe', () => {
  const vector = genuine('adobe-io');
  const [first = '', second = ''] = Object.keys(vector.fetched ?? {});
  const half = (broken: readonly string[]) =>
    (async (address: unknown) => {
      if (broken.includes(String(address))) throw new TypeError('network down');
      return new Response(vector.fetched?.[String(address)]);
    }) as typeof globalThis.fetch;

  it.each([
    ['the first', [first], 'accepted'],
    ['the second', [second], 'accepted'],
    ['both', [first, second], 'ERR_WEBHOOK_KEY_UNAVAILABLE'],
  ])('%s cannot be had', async (_, broken, verdict) => {
    const receiver = verifierOf(adobeIo({ clientId: 'client_id1', fetch: half(broken) }));
    expect(await verdictOf(receiver, requestOf(vector))).toBe(verdict);
  });

  it('are looked for at Adobe alone', async () => {
    const net = network(vector.fetched);
    const receiver = verifierOf(adobeIo({ clientId: 'client_id1', fetch: net.fetch }));
    const elsewhere = ['@evil.test/prod/keys/pub-key-1.pem', '.evil.test/prod/keys/pub-key-1.pem', '/x', ''];
    for (const path of elsewhere) {
      const headers = { 'x-adobe-public-key1-path': path, 'x-adobe-public-key2-path': path };
      const sent = requestOf({ ...vector, headers: { ...vector.headers, ...headers } });
      expect(await verdictOf(receiver, sent)).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
    }
    expect(net.asked).toEqual([]);
  });
});

describe('a key that is served and is none', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
  const other = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey;
  const base64 = (key: KeyObject): string => key.export({ type: 'spki', format: 'der' }).toString('base64');

  it.each([
    ['of another kind', base64(rsa)],
    ['of another curve', base64(other)],
    ['of some bytes', 'AAAA'],
    ['of no bytes', ''],
    ['in another alphabet', '!!!!'],
  ])(
    '%s makes the delivery come again, also on the platform that imports keys late',
    async (_, publicKey) => {
      const vector = genuine('circle');
      const [url = ''] = Object.keys(vector.fetched ?? {});
      const data = { id: 'x', algorithm: 'ECDSA_SHA_256', publicKey };
      const net = network({ [url]: JSON.stringify({ data }) });
      const receiver = verifierOf(circle({ apiKey: 'k', fetch: net.fetch }));
      expect(await verdictOf(receiver, requestOf(vector))).toBe('ERR_WEBHOOK_KEY_UNAVAILABLE');
    },
  );
});

describe('a location that is none of the vendor’s', () => {
  const rows: [
    file: string,
    make: (fetch: typeof globalThis.fetch) => Provider,
    change: (at: number) => Partial<Vector>,
  ][] = [
    [
      'adobe-io',
      (fetch) => adobeIo({ clientId: 'client_id1', fetch }),
      (at) => ({ headers: { 'x-adobe-public-key1-path': `/x${at}`, 'x-adobe-public-key2-path': `/y${at}` } }),
    ],
    [
      'circle',
      (fetch) => circle({ apiKey: 'k', fetch }),
      (at) => ({ headers: { 'x-circle-key-id': `x${at}` } }),
    ],
    [
      'paypal',
      (fetch) => paypal({ ...(genuine('paypal').options as unknown as PaypalOptions), fetch }),
      (at) => ({ headers: { 'paypal-cert-url': `https://evil.test/v1/notifications/certs/${at}` } }),
    ],
    [
      'aws-sns',
      (fetch) => awsSns({ topicArns: '*', fetch }),
      (at) => ({ body: genuine('aws-sns').body?.replace('.pem', `${at}.pem`) ?? '' }),
    ],
  ];

  it.each(rows)(
    'costs nothing, so that a flood of them leaves the genuine alone: %s',
    async (file, make, change) => {
      const vector = genuine(file);
      const net = network(vector.fetched);
      const receiver = verifierOf(make(net.fetch), { now: () => (vector.at ?? 1_764_000_000) * 1000 });
      for (let at = 0; at < 700; at++) {
        const { headers = {}, ...rest } = change(at);
        const sent = requestOf({ ...vector, ...rest, headers: { ...vector.headers, ...headers } });
        expect(await verdictOf(receiver, sent)).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
      }
      expect(net.asked).toEqual([]);
      expect(await verdictOf(receiver, requestOf(vector))).toBe('accepted');
    },
  );
});

it('a key of Circle for another algorithm is none', async () => {
  const vector = genuine('circle');
  const [[url, text] = ['', '']] = Object.entries(vector.fetched ?? {});
  const net = network({ [url]: text.replace('ECDSA_SHA_256', 'ECDSA_SHA_512') });
  const receiver = verifierOf(circle({ apiKey: 'k', fetch: net.fetch }));
  expect(await verdictOf(receiver, requestOf(vector))).toBe('ERR_WEBHOOK_KEY_UNAVAILABLE');
});
