import type { ReceiverOptions } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import { type MetaOptions, meta } from '../src/meta.ts';
import {
  configurationError,
  judge,
  mac,
  receiverOf,
  request,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const secret = 'f0e1d2c3b4a5968778695a4b3c2d1e0f';
const verifyToken = 'meatyhamhock & more';

const sha256 = (body: string | Uint8Array): string => `sha256=${mac('sha256', secret, 'hex', body)}`;
const delivery = (body: string, headers: Record<string, string> = {}) =>
  request({ headers: { 'x-hub-signature-256': sha256(body), ...headers }, body });

const BODY = '{"object":"page","entry":[{"id":"1","time":1764000000}]}';

describe('the subscription', () => {
  const subscribe = {
    'hub.mode': 'subscribe',
    'hub.challenge': '1158201444',
    'hub.verify_token': verifyToken,
  };

  const ask = (
    query: Record<string, string> | string,
    options: ReceiverOptions = {},
    own: MetaOptions = { verifyToken },
  ) =>
    receiverOf(meta({ secret, ...own }), options).handle(
      request({ method: 'GET', url: `/webhooks/meta?${new URLSearchParams(query)}` }),
    );

  it('is confirmed by its challenge, as text', async () => {
    const handled: unknown[] = [];
    const { status, headers, body } = await ask(subscribe, { on: { '*': (event) => handled.push(event) } });
    expect({ status, body }).toEqual({ status: 200, body: '1158201444' });
    expect(headers).toEqual({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(handled).toEqual([]);
  });

  it.each<[name: string, query: Record<string, string> | string, status: number]>([
    ['another token', { ...subscribe, 'hub.verify_token': 'another' }, 403],
    ['a token cut short', { ...subscribe, 'hub.verify_token': verifyToken.slice(0, -1) }, 403],
    ['a longer token', { ...subscribe, 'hub.verify_token': `${verifyToken}2` }, 403],
    ['an empty token', { ...subscribe, 'hub.verify_token': '' }, 403],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }, 403],
    ['the token twice', `${new URLSearchParams(subscribe)}&${new URLSearchParams(subscribe)}`, 405],
    ['a second token', `${new URLSearchParams(subscribe)}&hub.verify_token=x`, 403],
    ['no challenge', { 'hub.mode': 'subscribe', 'hub.verify_token': verifyToken }, 403],
    ['an empty challenge', { ...subscribe, 'hub.challenge': '' }, 403],
    ['a challenge beyond a kilobyte', { ...subscribe, 'hub.challenge': '1'.repeat(1025) }, 403],
    ['a challenge with a line break', { ...subscribe, 'hub.challenge': '1\r\nset-cookie: a=b' }, 403],
    ['no mode', { 'hub.challenge': '1', 'hub.verify_token': verifyToken }, 405],
    ['another mode', { ...subscribe, 'hub.mode': 'unsubscribe' }, 405],
    ['nothing', '', 405],
  ])('is refused with %s', async (_, query, status) => {
    const response = await ask(query);
    expect(response.status).toBe(status);
    expect(response.body).toBe(
      status === 403 ? '{"error":"handshake_refused"}' : '{"error":"method_not_allowed"}',
    );
    if (status === 405) expect(response.headers.allow).toBe('POST, GET');
  });

  it('echoes nothing that a browser would run', async () => {
    const challenge = '<script>alert(1)</script>';
    const { status, headers, body } = await ask({ ...subscribe, 'hub.challenge': challenge });
    // As the protocol wants it: the text, under headers that make it text.
    expect({ status, body }).toEqual({ status: 200, body: challenge });
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(headers['x-content-type-options']).toBe('nosniff');
    const stranger = await ask({ ...subscribe, 'hub.challenge': challenge, 'hub.verify_token': 'guess' });
    expect(stranger.body).not.toContain('script');
  });

  it('is not for who has no token', async () => {
    const response = await ask(subscribe, {}, {});
    expect(response).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  });

  it('comes by GET, and a delivery is no less checked for looking like it', async () => {
    const receiver = receiverOf(meta({ secret, verifyToken }));
    const url = `/webhooks/meta?${new URLSearchParams(subscribe)}`;
    expect(await receiver.handle(request({ url, body: BODY }))).toMatchObject({ status: 401 });
  });

  it.each([' a', 'a ', ''])('cannot have the token %j', (wrong) => {
    expect(configurationError(() => meta({ secret, verifyToken: wrong }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
  });
});

describe('the signature', () => {
  const verifier = verifierOf(meta({ secret }));
  const sha1 = `sha1=${mac('sha1', secret, 'hex', BODY)}`;

  it.each<[name: string, headers: Record<string, string>, verdict: string]>([
    ['SHA-256', {}, 'accepted'],
    ['SHA-256 beside SHA-1', { 'x-hub-signature': sha1 }, 'accepted'],
    [
      'a wrong SHA-256 beside the right SHA-1',
      { 'x-hub-signature-256': sha256('{}'), 'x-hub-signature': sha1 },
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ],
    ['SHA-1 in its place', { 'x-hub-signature-256': sha1 }, 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
    ['no prefix', { 'x-hub-signature-256': sha256(BODY).slice(7) }, 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
  ])('%s', async (_, headers, verdict) => {
    expect(await verdictOf(verifier, delivery(BODY, headers))).toBe(verdict);
  });

  it('covers the bytes, escaped or not', async () => {
    const escaped = '{"object":"page","entry":[{"id":"1","text":"\\u00e4\\ud83d\\ude00\\/"}]}';
    const unescaped = JSON.stringify(JSON.parse(escaped));
    expect(unescaped).toContain('ä😀/');
    for (const body of [escaped, unescaped]) {
      expect((await judge(verifier, delivery(body))).event).toMatchObject({ payload: JSON.parse(escaped) });
    }
    const reserialised = delivery(unescaped, { 'x-hub-signature-256': sha256(escaped) });
    expect(await verdictOf(verifier, reserialised)).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
  });
});

describe('an event', () => {
  it('has its type signed, and no id of its own', async () => {
    expect((await judge(verifierOf(meta({ secret })), delivery(BODY))).event).toMatchObject({
      id: undefined,
      type: 'page',
      signed: { id: true, type: true, timestamp: false },
    });
  });

  it('is known by its content', async () => {
    const receiver = receiverOf(meta({ secret }));
    expect(await receiver.receive(delivery(BODY))).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(delivery(BODY))).toMatchObject({ kind: 'duplicate' });
    expect(await receiver.receive(delivery(BODY.replace('1764000000', '1764000001')))).toMatchObject({
      kind: 'accepted',
    });
  });
});
