import { describe, expect, it } from 'vitest';
import { zoom } from '../src/zoom.ts';
import { mac, receiverOf, request, SECONDS, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-secret-token';
const provider = zoom({ secret });

const signed = (body: string, at = SECONDS) =>
  request({
    headers: {
      'content-type': 'application/json',
      'x-zm-request-timestamp': String(at),
      'x-zm-signature': `v0=${mac('sha256', secret, 'hex', `v0:${at}:${body}`)}`,
    },
    body,
  });

const question = (plainToken: unknown): string =>
  JSON.stringify({ payload: { plainToken }, event_ts: SECONDS * 1000, event: 'endpoint.url_validation' });

describe('endpoint.url_validation', () => {
  it('is answered with the token, and the secret proven by it', async () => {
    const handled: unknown[] = [];
    const receiver = receiverOf(provider, { on: { '*': (event) => handled.push(event) } });
    const { status, headers, body } = await receiver.handle(signed(question('qgg8vlvZRS6UYooatFL8Aw')));
    expect({ status, body: JSON.parse(body) }).toEqual({
      status: 200,
      body: {
        plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
        encryptedToken: mac('sha256', secret, 'hex', 'qgg8vlvZRS6UYooatFL8Aw'),
      },
    });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(handled).toEqual([]);
  });

  it('is proven by the secret that signed it, in a rotation', async () => {
    const receiver = receiverOf(zoom({ secret: ['the-next-token', secret] }));
    const { body } = await receiver.handle(signed(question('abc')));
    expect(JSON.parse(body).encryptedToken).toBe(mac('sha256', secret, 'hex', 'abc'));
  });

  it.each([
    ['unsigned', request({ body: question('abc') })],
    ['signed an hour ago', signed(question('abc'), SECONDS - 3600)],
    ['signed by another', { ...signed(question('abc')), body: new TextEncoder().encode(question('abd')) }],
  ])('%s, proves nothing', async (_, sent) => {
    expect(await receiverOf(provider).handle(sent)).toMatchObject({
      status: 401,
      body: '{"error":"signature_invalid"}',
    });
  });

  it.each([undefined, '', 1, {}, 'a\nb', 'é', 't'.repeat(1025)])(
    'is refused for the token %j',
    async (plain) => {
      const { status, body } = await receiverOf(provider).handle(signed(question(plain)));
      expect({ status, body }).toEqual({ status: 403, body: '{"error":"handshake_refused"}' });
    },
  );

  it('is no event for verify()', async () => {
    expect(await verdictOf(verifierOf(provider), signed(question('abc')))).toBe('ERR_WEBHOOK_HANDSHAKE');
  });
});

it('knows an event that comes again, signed anew', async () => {
  const receiver = receiverOf(provider);
  const body = '{"event":"meeting.started","event_ts":1764000000123,"payload":{}}';
  expect(await receiver.receive(signed(body))).toMatchObject({ kind: 'accepted' });
  expect(await receiver.receive(signed(body, SECONDS + 60))).toMatchObject({ kind: 'duplicate' });
  expect(await receiver.receive(signed(body.replace('123', '124')))).toMatchObject({ kind: 'accepted' });
});
