import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { appleAppStore } from '../src/apple-app-store.ts';
import { atlassianConnect } from '../src/atlassian-connect.ts';
import { googleChat } from '../src/google-chat.ts';
import { googlePubsub } from '../src/google-pubsub.ts';
import { kinde } from '../src/kinde.ts';
import { livekit } from '../src/livekit.ts';
import { monday } from '../src/monday.ts';
import { plaid } from '../src/plaid.ts';
import { truelayer } from '../src/truelayer.ts';
import { makeJwt } from './support/make-jwt.ts';
import {
  configurationError,
  judge,
  NOW,
  receiverOf,
  request,
  SECONDS,
  verdictOf,
  verifierOf,
} from './support/request.ts';
import { requestOf, type Vector } from './support/vector.ts';
import { vectorsOf } from './support/vectors.ts';

const OPTION = 'ERR_WEBHOOK_CONFIG_OPTION';

describe('what cannot be done without', () => {
  it.each<[string, () => unknown]>([
    ['livekit without an apiKey', () => livekit({ secret: 'x', apiKey: undefined })],
    ['google-pubsub without an audience', () => googlePubsub({ audience: undefined, email: 'a@b' })],
    ['google-pubsub with no audience', () => googlePubsub({ audience: [], email: 'a@b' })],
    ['google-pubsub without an account', () => googlePubsub({ audience: 'a', email: undefined })],
    ['google-chat without a mode', () => googleChat({})],
    ['google-chat with two', () => googleChat({ url: 'https://a.example', projectNumber: '1' })],
    ['google-chat with a project id', () => googleChat({ projectNumber: 'my-project' })],
    ['google-chat with an empty url', () => googleChat({ url: '' })],
    ['kinde without a domain', () => kinde({ domain: undefined })],
    ['kinde with a domain by http', () => kinde({ domain: 'http://a.kinde.com' })],
    ['kinde with a path', () => kinde({ domain: 'https://a.kinde.com/x' })],
    ['kinde with a port', () => kinde({ domain: 'https://a.kinde.com:8443' })],
    ['plaid without credentials', () => plaid({})],
    ['plaid with half of them', () => plaid({ clientId: 'a' })],
    [
      'plaid in no environment',
      () => plaid({ clientId: 'a', apiSecret: 'b', environment: 'development' as never }),
    ],
    ['truelayer in no environment', () => truelayer({ environment: 'live' as never })],
    ['apple-app-store without a bundle', () => appleAppStore({ bundleId: undefined, appAppleId: 1 })],
    ['apple-app-store in production without an app', () => appleAppStore({ bundleId: 'a' })],
    ['apple-app-store in Xcode', () => appleAppStore({ bundleId: 'a', environment: 'Xcode' as never })],
    [
      'atlassian-connect with a base that is no URL',
      () => atlassianConnect({ secret: 'x', baseUrl: '/app' }),
    ],
  ])('%s', (_, make) => {
    expect(configurationError(make)).toBe(OPTION);
  });

  it('has Apple’s own root built in', () => {
    expect(configurationError(() => appleAppStore({ bundleId: 'a', appAppleId: 1 }))).toBeUndefined();
  });
});

describe('the challenge of monday.com', () => {
  const handled: unknown[] = [];
  const receiver = receiverOf(monday({ secret: 'signing-secret' }), {
    on: { '*': (each) => handled.push(each) },
  });
  const ask = (body: string, method = 'POST') => receiver.handle(request({ method, body }));

  it('is sent back as JSON, and is no event', async () => {
    const answer = await ask('{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}');
    expect(answer).toMatchObject({
      status: 200,
      body: '{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}',
    });
    expect(answer.headers['content-type']).toBe('application/json');
    expect(handled).toEqual([]);
  });

  it.each([
    ['more than a challenge', '{"challenge":"a","event":{}}', 'POST', 401],
    ['a list', '["challenge"]', 'POST', 401],
    ['null', 'null', 'POST', 401],
    ['no JSON', 'challenge', 'POST', 401],
    ['more than 2 KB', JSON.stringify({ challenge: 'a'.repeat(2048) }), 'POST', 401],
    ['a number', '{"challenge":1}', 'POST', 403],
    ['1,025 characters', JSON.stringify({ challenge: 'a'.repeat(1025) }), 'POST', 403],
    ['a line break', '{"challenge":"a\\nb"}', 'POST', 403],
    ['another method', '{"challenge":"a"}', 'PUT', 405],
  ])('is not %s', async (_, body, method, status) => {
    expect((await ask(body, method)).status).toBe(status);
    expect(handled).toEqual([]);
  });
});

describe('the keys of Plaid', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const key = { alg: 'ES256', crv: 'P-256', kid: 'k1', kty: 'EC', use: 'sig', x, y, expired_at: null };
  const body = '{"webhook_type":"TRANSACTIONS","webhook_code":"SYNC_UPDATES_AVAILABLE"}';
  const hash = createHash('sha256').update(body).digest('hex');
  const delivery = (iat = SECONDS, kid: unknown = 'k1') => {
    const token = makeJwt('ES256', privateKey, { iat, request_body_sha256: hash }, { kid });
    return request({ headers: { 'plaid-verification': token }, body });
  };

  it('are asked for by POST, once, with the credentials', async () => {
    const asked: unknown[] = [];
    const fetch = async (url: unknown, init: RequestInit = {}) => {
      asked.push([
        url,
        init.method,
        init.redirect,
        JSON.parse(String(init.body)),
        new Headers(init.headers).get('content-type'),
      ]);
      return Response.json({ key, request_id: 'r' });
    };
    const receiver = verifierOf(
      plaid({ clientId: 'id', apiSecret: 'hush', fetch: fetch as typeof globalThis.fetch }),
    );
    expect(await verdictOf(receiver, delivery())).toBe('accepted');
    expect(await verdictOf(receiver, delivery())).toBe('accepted');
    expect(asked).toEqual([
      [
        'https://production.plaid.com/webhook_verification_key/get',
        'POST',
        'manual',
        { client_id: 'id', secret: 'hush', key_id: 'k1' },
        'application/json',
      ],
    ]);
  });

  const refusedBy = (status: number, code: string) => async () =>
    Response.json({ error_code: code }, { status });
  it.each<[string, () => Promise<Response>, string]>([
    [
      'there is no such key',
      refusedBy(400, 'INVALID_WEBHOOK_VERIFICATION_KEY_ID'),
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ],
    ['the credentials are wrong', refusedBy(400, 'INVALID_API_KEYS'), 'ERR_WEBHOOK_KEY_UNAVAILABLE'],
    ['there are too many questions', refusedBy(429, 'RATE_LIMIT'), 'ERR_WEBHOOK_KEY_UNAVAILABLE'],
    [
      'the key has expired',
      async () => Response.json({ key: { ...key, expired_at: 1 } }),
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ],
    [
      'the key is for another algorithm',
      async () => Response.json({ key: { ...key, alg: 'HS256' } }),
      'ERR_WEBHOOK_KEY_UNAVAILABLE',
    ],
    [
      'the key is none',
      async () => Response.json({ key: { ...key, x: 'AA' } }),
      'ERR_WEBHOOK_KEY_UNAVAILABLE',
    ],
    ['the answer is none', async () => new Response('<html>'), 'ERR_WEBHOOK_KEY_UNAVAILABLE'],
  ])('when %s', async (_, fetch, code) => {
    const receiver = verifierOf(
      plaid({ clientId: 'id', apiSecret: 'hush', fetch: fetch as typeof globalThis.fetch }),
    );
    expect(await verdictOf(receiver, delivery())).toBe(code);
  });

  it('may come from a client of your own, and not for what is no key id', async () => {
    const asked: string[] = [];
    const keyOf = async (id: string) => {
      asked.push(id);
      return id === 'k1' ? key : undefined;
    };
    const receiver = verifierOf(plaid({ keyOf }));
    expect(await verdictOf(receiver, delivery())).toBe('accepted');
    for (const kid of ['k2', '../k1', 'a'.repeat(129), 7, null]) {
      expect(await verdictOf(receiver, delivery(SECONDS, kid))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
    }
    expect(asked).toEqual(['k1', 'k2']);
  });

  it('know the same token again, and another with the same body as another delivery', async () => {
    const handled: string[] = [];
    const receiver = receiverOf(plaid({ keyOf: async () => key }), {
      on: { '*': ({ type }) => handled.push(type) },
    });
    const first = makeJwt('ES256', privateKey, { iat: SECONDS, request_body_sha256: hash }, { kid: 'k1' });
    const send = (token: string) =>
      receiver.receive(request({ headers: { 'plaid-verification': token }, body }));
    expect(await send(first)).toMatchObject({ kind: 'accepted' });
    expect(await send(first)).toMatchObject({ kind: 'duplicate' });
    const later = makeJwt(
      'ES256',
      privateKey,
      { iat: SECONDS + 1, request_body_sha256: hash },
      { kid: 'k1' },
    );
    expect(await send(later)).toMatchObject({ kind: 'accepted' });
    expect(handled).toEqual(['SYNC_UPDATES_AVAILABLE', 'SYNC_UPDATES_AVAILABLE']);
  });
});

it('takes the claims of Kinde’s token for the payload, and its signed id', async () => {
  const vector = vectorsOf('kinde')[0] as Vector;
  const fetch = async () => new Response(Object.values(vector.fetched ?? {})[0]);
  const receiver = verifierOf(
    kinde({ domain: 'https://example.kinde.com', fetch: fetch as typeof globalThis.fetch }),
  );
  const { event } = await judge(receiver, requestOf(vector));
  expect(event).toMatchObject({
    id: 'event_0190a1b2',
    type: 'user.created',
    signed: { id: true, type: true },
    payload: { type: 'user.created', data: { user: { id: 'kp_1' } } },
  });
});

it('finds the secret of a site by the client key that its token names', async () => {
  const asked: string[] = [];
  const secrets: Readonly<Record<string, string>> = { 'site-a': 'secret-a', 'site-b': 'secret-b' };
  const receiver = verifierOf(
    atlassianConnect({
      async secret(clientKey) {
        asked.push(clientKey);
        const value = secrets[clientKey];
        return value === undefined ? undefined : { id: clientKey, value };
      },
    }),
  );
  const qsh = createHash('sha256').update('POST&/hook&').digest('hex');
  const token = (iss: unknown, secret: string) =>
    makeJwt('HS256', secret, { iss, qsh, iat: SECONDS, exp: SECONDS + 180 });
  const send = (authorization: string) =>
    judge(receiver, request({ headers: { authorization }, body: '{}' }));
  expect((await send(`JWT ${token('site-a', 'secret-a')}`)).event?.secretId).toBe('site-a');
  expect((await send(`JWT ${token('site-b', 'secret-b')}`)).event?.secretId).toBe('site-b');
  for (const authorization of [
    `JWT ${token('site-a', 'secret-b')}`,
    `JWT ${token('site-c', 'secret-a')}`,
    `JWT ${token(7, 'secret-a')}`,
    'JWT a.b.c',
  ]) {
    expect((await send(authorization)).code).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
  }
  expect(asked).toEqual(['site-a', 'site-b', 'site-a', 'site-c', '', '']);
});

it('takes the claims of Apple’s token for the payload', async () => {
  const vector = vectorsOf('apple-app-store')[0] as Vector;
  const receiver = verifierOf(appleAppStore(vector.options as never), { now: () => 1_681_314_324_000 });
  const { event } = await judge(receiver, requestOf(vector));
  expect(event).toMatchObject({
    id: '9ad56bd2-0bc6-42e0-af24-fd996d87a1e6',
    type: 'TEST',
    timestamp: new Date(1_681_314_324_000),
    signed: { id: true, type: true, timestamp: true },
    payload: { notificationType: 'TEST', data: { bundleId: 'com.example' } },
  });
});

it('refuses what Vonage sends unsigned with a status that makes it come again', async () => {
  const { vonage } = await import('../src/vonage.ts');
  const receiver = receiverOf(vonage({ secret: 'signature-secret' }), { now: () => NOW });
  expect(await receiver.handle(request({ body: '{"status":"delivered"}' }))).toMatchObject({
    status: 503,
    body: '',
  });
});
