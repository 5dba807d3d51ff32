import { describe, expect, it } from 'vitest';
import { x } from '../src/x.ts';
import { mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-consumer-secret';
const receiver = receiverOf(x({ secret }));
const proof = (text: string): string => `sha256=${mac('sha256', secret, 'base64', text)}`;
const post = (body: string, signature = proof(body)) =>
  request({ body, headers: { 'x-twitter-webhooks-signature': signature } });

describe('a check', () => {
  const ask = (token: string, method = 'GET') =>
    receiver.handle(request({ method, url: `/x?${new URLSearchParams({ crc_token: token, nonce: '1' })}` }));

  it.each(['challenge_string', 'M2U5NTk3YTAtOTk5Yy00NzA4LWJj+/==', 'x'.repeat(256)])(
    'with %s is answered with a proof',
    async (token) => {
      const response = await ask(token);
      expect(response).toMatchObject({ status: 200, body: JSON.stringify({ response_token: proof(token) }) });
      expect(response.headers).toMatchObject({
        'content-type': 'application/json',
        'cache-control': 'no-store',
      });
    },
  );

  it.each(['', 'x'.repeat(257), '{"for_user_id":"1"}', '[1]', '"a"', 'a b', 'Zoë', '<script>'])(
    'with %j is refused: its proof would sign a delivery',
    async (token) => {
      const { status, body } = await ask(token);
      expect({ status, body }).toEqual({ status: 403, body: '{"error":"handshake_refused"}' });
    },
  );

  it.each(['1', '1e5', 'true', 'null'])('gives no proof that passes for an event: %s', async (token) => {
    const { response_token: signature } = JSON.parse((await ask(token)).body);
    expect(await verdictOf(verifierOf(x({ secret })), post(token, signature))).toBe(
      'ERR_WEBHOOK_PAYLOAD_INVALID',
    );
  });

  it('is no event, and comes by GET', async () => {
    const sent = request({ method: 'GET', url: '/x?crc_token=a' });
    expect(await receiver.receive(sent)).toMatchObject({ kind: 'handshake', handshake: 'crc' });
    expect(await ask('a', 'POST')).toMatchObject({ status: 401 });
    expect(await receiver.handle(request({ method: 'GET', url: '/x' }))).toMatchObject({ status: 405 });
    expect(
      await receiver.handle(request({ method: 'GET', url: '/x?crc_token=a&crc_token=b' })),
    ).toMatchObject({ status: 405 });
  });

  it('is answered by the newest of two secrets', async () => {
    const rotating = receiverOf(x({ secret: [secret, 'old'] }));
    const { body } = await rotating.handle(request({ method: 'GET', url: '/x?crc_token=a' }));
    expect(body).toBe(JSON.stringify({ response_token: proof('a') }));
  });
});

it('takes a delivery by its signature', async () => {
  const body = '{"for_user_id":"1","tweet_create_events":[]}';
  expect(await receiver.receive(post(body, proof('{}')))).toMatchObject({ kind: 'rejected' });
  expect(await receiver.receive(post(body))).toMatchObject({ kind: 'accepted' });
});
