import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { azureEventGrid } from '../src/azure-event-grid.ts';
import { microsoftGraph } from '../src/microsoft-graph.ts';
import { makeJwt } from './support/make-jwt.ts';
import {
  configurationError,
  judge,
  receiverOf,
  request,
  SECONDS,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const tenantId = '84bd8158-6d4d-4958-8b9f-9d6445542f95';
const appId = '8e460676-ae3f-4b1e-8790-ee0fb5d6ca17';
const GRAPH = '0bf30f3b-4a52-48df-9a82-234910c4a086';
const GRID = '4962773b-9cdb-44cf-a8bf-237846a00ab7';
const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const asked: string[] = [];
const fetch = (async (address: unknown) => {
  asked.push(String(address));
  return Response.json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig' }] });
}) as typeof globalThis.fetch;

const version1 = {
  aud: appId,
  iss: `https://sts.windows.net/${tenantId}/`,
  exp: SECONDS + 3600,
  nbf: SECONDS,
};
const version2 = { ...version1, iss: `https://login.microsoftonline.com/${tenantId}/v2.0` };
const token = (claims: Readonly<Record<string, unknown>>) =>
  makeJwt('RS256', privateKey, claims, { kid: 'k1' });

describe('Microsoft Graph', () => {
  const secret = 'client-state';
  const provider = microsoftGraph({ secret, appId, tenantId, fetch });
  const receiver = verifierOf(provider);
  const send = (payload: unknown) => verdictOf(receiver, request({ body: JSON.stringify(payload) }));
  const plain = { clientState: secret, changeType: 'created' };
  const rich = { ...plain, encryptedContent: { data: 'x' } };
  const [one, two] = [token({ ...version1, appid: GRAPH }), token({ ...version2, azp: GRAPH })];

  it.each([
    ['plain, without tokens', { value: [plain] }, 'accepted'],
    ['rich, with tokens of both versions', { value: [rich], validationTokens: [one, two] }, 'accepted'],
    ['rich, without tokens', { value: [rich] }, MISMATCH],
    ['rich, with no token', { value: [rich], validationTokens: [] }, MISMATCH],
    ['rich, with a token that is none', { value: [rich], validationTokens: [one, 7] }, MISMATCH],
    ['plain, with a token that does not hold', { value: [plain], validationTokens: ['a.b.c'] }, MISMATCH],
    ['of several, one rich without tokens', { value: [plain, rich] }, MISMATCH],
    [
      'one token of two for another tenant',
      {
        value: [rich],
        validationTokens: [one, token({ ...version1, iss: 'https://sts.windows.net/x/', appid: GRAPH })],
      },
      MISMATCH,
    ],
    [
      'a token of another sender',
      { value: [rich], validationTokens: [token({ ...version1, appid: appId })] },
      MISMATCH,
    ],
    ['a token of no sender', { value: [rich], validationTokens: [token(version1)] }, MISMATCH],
    [
      'a token that has run out',
      { value: [rich], validationTokens: [token({ ...version1, appid: GRAPH, exp: SECONDS - 301 })] },
      'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
    ],
    [
      'a token without an expiry',
      { value: [rich], validationTokens: [token({ ...version1, appid: GRAPH, exp: undefined })] },
      MISMATCH,
    ],
    [
      'good tokens and another state',
      { value: [{ ...rich, clientState: 'x' }], validationTokens: [one] },
      MISMATCH,
    ],
  ])('%s', async (_, payload, code) => {
    expect(await send(payload)).toBe(code);
  });

  it('has its keys from one address', () => {
    expect([...new Set(asked)]).toEqual(['https://login.microsoftonline.com/common/discovery/v2.0/keys']);
  });

  it.each([
    ['a token and no tenant', { appId }],
    ['a tenant and no application', { tenantId }],
    ['a tenant by its name', { appId, tenantId: 'contoso.onmicrosoft.com' }],
  ])('is not made with %s', (_, options) => {
    expect(configurationError(() => microsoftGraph({ secret, ...options }))).toBe(
      'ERR_WEBHOOK_CONFIG_OPTION',
    );
  });

  const ask = (url: string, method = 'POST') => {
    const handled: unknown[] = [];
    const asking = receiverOf(provider, { on: { '*': (each) => handled.push(each) } });
    return asking.handle(request({ method, url, body: '' })).then((answer) => ({ ...answer, handled }));
  };

  it('is told its validation token, decoded once, as plain text', async () => {
    const answer = await ask('/hook?validationToken=Validation%3a+Testing+a%2Bb%252B');
    expect(answer).toMatchObject({ status: 200, body: 'Validation: Testing a+b%2B', handled: [] });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([
    ['by GET', '/hook?validationToken=a', 'GET', 405],
    ['twice', '/hook?validationToken=a&validationToken=b', 'POST', 401],
    ['of 1,025 characters', `/hook?validationToken=${'a'.repeat(1025)}`, 'POST', 403],
    ['with a line break', '/hook?validationToken=a%0Ab', 'POST', 403],
  ])('is told no token %s', async (_, url, method, status) => {
    expect(await ask(url, method)).toMatchObject({ status, handled: [] });
  });

  it('answers a delivery with 202', async () => {
    const delivery = request({ body: JSON.stringify({ value: [plain] }) });
    expect((await receiverOf(provider).handle(delivery)).status).toBe(202);
  });
});

describe('Azure Event Grid', () => {
  const secret = 'in-the-query';
  const event = { id: '1', eventType: 'Microsoft.Storage.BlobCreated', data: {} };
  const validation = {
    ...event,
    eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
    data: { validationCode: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6', validationUrl: 'https://evil.example/' },
  };
  const either = azureEventGrid({ secret, tenantId, audience: appId, fetch });
  const judged = (sent: { url?: string; headers?: Record<string, string>; body?: unknown }) =>
    judge(verifierOf(either), request({ ...sent, body: JSON.stringify(sent.body ?? [event]) }));
  const url = `/hook?secret=${secret}`;
  const authorization = `Bearer ${token({ ...version1, appid: GRID })}`;

  it.each([
    ['a secret', { url }, undefined],
    ['a token of version 1', { headers: { authorization } }, undefined],
    [
      'a token of version 2',
      { headers: { authorization: `Bearer ${token({ ...version2, azp: GRID })}` } },
      undefined,
    ],
    [
      'a secret beside a token that does not hold',
      { url, headers: { authorization: 'Bearer a.b.c' } },
      MISMATCH,
    ],
    [
      'a token of another sender',
      { headers: { authorization: `Bearer ${token({ ...version1, appid: GRAPH })}` } },
      MISMATCH,
    ],
    [
      'a token for another application',
      { headers: { authorization: `Bearer ${token({ ...version1, aud: 'x', appid: GRID })}` } },
      MISMATCH,
    ],
    [
      'a token that has run out',
      { headers: { authorization: `Bearer ${token({ ...version1, appid: GRID, exp: SECONDS - 301 })}` } },
      'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
    ],
    ['nothing', {}, 'ERR_WEBHOOK_SIGNATURE_MISSING'],
  ])('by %s', async (_, sent, code) => {
    expect((await judged(sent)).code).toBe(code);
  });

  it('makes a list of whatever comes', async () => {
    expect((await judged({ url })).event?.payload).toEqual([event]);
    const one = { specversion: '1.0', id: '1', source: '/s', type: 't' };
    const structured = { 'content-type': 'application/cloudevents+json' };
    const batched = { 'content-type': 'application/cloudevents-batch+json' };
    expect((await judged({ url, headers: structured, body: one })).event?.payload).toEqual([one]);
    expect((await judged({ url, headers: batched, body: [one, one] })).event?.payload).toEqual([one, one]);
    expect((await judged({ url, body: [null] })).code).toBe('ERR_WEBHOOK_PAYLOAD_INVALID');
  });

  const ask = (
    sent: { url?: string; method?: string; headers?: Record<string, string> },
    body: unknown = '',
  ) => {
    const handled: unknown[] = [];
    const receiver = receiverOf(either, { on: { '*': (each) => handled.push(each) } });
    return receiver
      .handle(request({ ...sent, body: body === '' ? '' : JSON.stringify(body) }))
      .then((answer) => ({ ...answer, handled }));
  };

  it('answers a validation that bears the secret, with 200 and its code', async () => {
    const answer = await ask({ url }, [validation]);
    expect(answer).toMatchObject({
      status: 200,
      body: '{"validationResponse":"512d38b6-c7b8-40c8-89fe-f46f9e9622b6"}',
      handled: [],
    });
  });

  it.each([
    ['without the secret', {}, [validation], 401],
    ['with another', { url: '/hook?secret=x' }, [validation], 401],
    ['without a code', { url }, [{ ...validation, data: {} }], 403],
  ])('answers none %s', async (_, sent, body, status) => {
    expect(await ask(sent, body)).toMatchObject({ status, handled: [] });
  });

  it('takes a validation among events for one of them', async () => {
    expect((await ask({ url }, [validation, event])).handled).toHaveLength(1);
  });

  it('grants Event Grid its deliveries, and nobody else', async () => {
    const options = (origin: string) =>
      ask({ method: 'OPTIONS', headers: { 'webhook-request-origin': origin } });
    expect((await options('eventgrid.azure.net')).headers['webhook-allowed-origin']).toBe(
      'eventgrid.azure.net',
    );
    expect((await options('evil.example')).status).toBe(403);
  });

  it.each<[string, () => unknown, string]>([
    ['nothing to know it by', () => azureEventGrid({}), 'ERR_WEBHOOK_CONFIG_SECRET'],
    ['a tenant and no audience', () => azureEventGrid({ tenantId }), 'ERR_WEBHOOK_CONFIG_OPTION'],
    ['an audience and no tenant', () => azureEventGrid({ audience: appId }), 'ERR_WEBHOOK_CONFIG_OPTION'],
    ['an empty secret', () => azureEventGrid({ secret: '' }), 'ERR_WEBHOOK_CONFIG_SECRET'],
  ])('is not made with %s', (_, make, code) => {
    expect(configurationError(make)).toBe(code);
  });
});
