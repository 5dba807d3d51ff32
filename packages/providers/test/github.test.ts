import { describe, expect, it } from 'vitest';
import { github } from '../src/github.ts';
import {
  configurationError,
  judge,
  mac,
  receiverOf,
  request,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const secret = "It's a Secret to Everybody";
const provider = github({ secret });
const JSON_BODY = '{"action":"opened","issue":{"number":1}}';
const FORM_BODY = `payload=${encodeURIComponent(JSON_BODY)}`;

const sha256 = (body: string): string => `sha256=${mac('sha256', secret, 'hex', body)}`;
const sha1 = (body: string): string => `sha1=${mac('sha1', secret, 'hex', body)}`;

const WRONG_256 = `sha256=${'0'.repeat(64)}`;
const WRONG_1 = `sha1=${'0'.repeat(40)}`;

const GUID = '72d3162e-cc78-11e3-81ab-4c9367dc0958';
const meta = { 'x-github-delivery': GUID, 'x-github-event': 'issues', 'content-type': 'application/json' };

const delivery = (headers: Record<string, string>, body = JSON_BODY) =>
  request({ headers: { ...meta, ...headers }, body });
const signed = (body = JSON_BODY, headers: Record<string, string> = {}) =>
  delivery({ 'x-hub-signature-256': sha256(body), ...headers }, body);

describe('the signature', () => {
  it.each<[name: string, headers: Record<string, string>, verdict: string]>([
    ['SHA-256', { 'x-hub-signature-256': sha256(JSON_BODY) }, 'accepted'],
    ['both', { 'x-hub-signature-256': sha256(JSON_BODY), 'x-hub-signature': sha1(JSON_BODY) }, 'accepted'],
    [
      'SHA-256 beside a wrong SHA-1',
      { 'x-hub-signature-256': sha256(JSON_BODY), 'x-hub-signature': WRONG_1 },
      'accepted',
    ],
    ['SHA-1 alone', { 'x-hub-signature': sha1(JSON_BODY) }, 'ERR_WEBHOOK_SIGNATURE_MISSING'],
    [
      'a wrong SHA-256 beside the right SHA-1',
      { 'x-hub-signature-256': WRONG_256, 'x-hub-signature': sha1(JSON_BODY) },
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ],
    [
      'SHA-256 in the header of SHA-1',
      { 'x-hub-signature': sha256(JSON_BODY) },
      'ERR_WEBHOOK_SIGNATURE_MISSING',
    ],
    [
      'SHA-1 in the header of SHA-256',
      { 'x-hub-signature-256': sha1(JSON_BODY) },
      'ERR_WEBHOOK_SIGNATURE_MALFORMED',
    ],
    [
      'SHA-1 under the name of SHA-256',
      { 'x-hub-signature-256': sha1(JSON_BODY).replace('sha1', 'sha256') },
      'ERR_WEBHOOK_SIGNATURE_MALFORMED',
    ],
    [
      'no prefix',
      { 'x-hub-signature-256': sha256(JSON_BODY).slice('sha256='.length) },
      'ERR_WEBHOOK_SIGNATURE_MALFORMED',
    ],
    [
      'another prefix',
      { 'x-hub-signature-256': sha256(JSON_BODY).replace('sha256=', 'SHA256=') },
      'ERR_WEBHOOK_SIGNATURE_MALFORMED',
    ],
    [
      'hex in capitals',
      { 'x-hub-signature-256': `sha256=${sha256(JSON_BODY).slice('sha256='.length).toUpperCase()}` },
      'ERR_WEBHOOK_SIGNATURE_MALFORMED',
    ],
    ['nothing in it', { 'x-hub-signature-256': 'sha256=' }, 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
    [
      'base64',
      { 'x-hub-signature-256': `sha256=${mac('sha256', secret, 'base64', JSON_BODY)}` },
      'ERR_WEBHOOK_SIGNATURE_MALFORMED',
    ],
  ])('%s', async (_, headers, verdict) => {
    expect(await verdictOf(verifierOf(provider), delivery(headers))).toBe(verdict);
    const { status } = await receiverOf(provider).handle(delivery(headers));
    expect(status).toBe(verdict === 'accepted' ? 200 : 401);
  });

  it.each(['ghp_1', 'gho_1', 'ghs_1', 'github_pat_1', 'sha256=1', ''])('has no secret like %j', (wrong) => {
    expect(configurationError(() => github({ secret: wrong }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
  });
});

describe('the body', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  it.each<[name: string, body: string, headers: Record<string, string>, payload: unknown]>([
    ['JSON', JSON_BODY, {}, JSON.parse(JSON_BODY)],
    ['a form, which is signed as it is', FORM_BODY, form, JSON.parse(JSON_BODY)],
    ['a form that calls itself JSON', FORM_BODY, {}, JSON.parse(JSON_BODY)],
    ['JSON that calls itself a form', JSON_BODY, form, JSON.parse(JSON_BODY)],
    ['JSON after white space', `\n ${JSON_BODY}`, {}, JSON.parse(JSON_BODY)],
  ])('%s', async (_, body, headers, payload) => {
    expect((await judge(verifierOf(provider), signed(body, headers))).event).toMatchObject({
      payload,
      type: 'issues',
    });
  });

  it('as a form is not signed as the JSON in it', async () => {
    const sent = delivery({ ...form, 'x-hub-signature-256': sha256(JSON_BODY) }, FORM_BODY);
    expect(await verdictOf(verifierOf(provider), sent)).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
  });

  it.each(['{"action":', 'payload=%7B'])('%s is a bad request, not a bad signature', async (body) => {
    expect(await receiverOf(provider).handle(signed(body))).toMatchObject({
      status: 400,
      body: '{"error":"payload_invalid"}',
    });
  });

  it('may have 25 MiB, and no more', async () => {
    const limit = 25 * 1024 * 1024;
    const receiver = receiverOf(provider);
    const size = (bytes: number) => receiver.handle(signed(JSON_BODY, { 'content-length': String(bytes) }));
    expect((await size(limit)).status).toBe(200);
    expect(await size(limit + 1)).toMatchObject({ status: 413, body: '{"error":"body_too_large"}' });
  });
});

describe('an event', () => {
  it('has an id and a type that nobody signed', async () => {
    expect((await judge(verifierOf(provider), signed())).event).toMatchObject({
      id: GUID,
      type: 'issues',
      timestamp: undefined,
      signed: { id: false, type: false, timestamp: false },
    });
  });

  it('need not have either', async () => {
    const bare = request({ headers: { 'x-hub-signature-256': sha256(JSON_BODY) }, body: JSON_BODY });
    expect((await judge(verifierOf(provider), bare)).event).toMatchObject({ id: undefined, type: '' });
  });

  it('may be a ping, which is one like any other', async () => {
    const pings: unknown[] = [];
    const receiver = receiverOf(provider, { on: { ping: ({ payload }) => pings.push(payload) } });
    const body = '{"zen":"Keep it logically awesome.","hook_id":1}';
    expect(await receiver.handle(signed(body, { 'x-github-event': 'ping' }))).toMatchObject({ status: 200 });
    expect(pings).toEqual([JSON.parse(body)]);
  });

  it('that is sent again bears the same id', async () => {
    const receiver = receiverOf(provider);
    expect(await receiver.receive(signed())).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(signed())).toMatchObject({ kind: 'duplicate' });
  });

  it.each([
    [undefined, 'accepted', 0],
    ['report', 'accepted', 1],
    ['reject', 'duplicate', 1],
  ] as const)('replayed under a new id, with replayGuard %s, is %s', async (replayGuard, kind, noticed) => {
    const replays: unknown[] = [];
    const receiver = receiverOf(provider, {
      ...(replayGuard && { replayGuard }),
      hooks: { onReplay: (event) => replays.push(event) },
    });
    expect(await receiver.receive(signed())).toMatchObject({ kind: 'accepted' });
    const replay = signed(JSON_BODY, { 'x-github-delivery': 'another' });
    expect(await receiver.receive(replay)).toMatchObject({ kind });
    expect(replays).toHaveLength(noticed);
  });
});
