import { describe, expect, it } from 'vitest';
import { okta } from '../src/okta.ts';
import { configurationError, receiverOf, request } from './support/request.ts';

const secret = 'Bearer of my own';
const BODY = '{"eventType":"com.okta.event_hook","eventId":"e1","data":{"events":[]}}';
const CHALLENGE = 'x-okta-verification-challenge';

describe('the challenge', () => {
  const receiver = receiverOf(okta({ secret }));
  const ask = (challenge: string, method = 'GET') =>
    receiver.handle(request({ method, headers: { [CHALLENGE]: challenge } }));

  it('is sent back as JSON that nothing sniffs', async () => {
    const response = await ask('my <verification> value');
    expect(response).toMatchObject({ status: 200, body: '{"verification":"my <verification> value"}' });
    expect(response.headers).toEqual({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each(['', 'x'.repeat(1025), 'Zoë', 'a\tb'])('is not sent back as %j', async (challenge) => {
    expect(await ask(challenge)).toMatchObject({ status: 403, body: '{"error":"handshake_refused"}' });
  });

  it('is no event, and on POST a delivery is no less checked for it', async () => {
    const sent = request({ method: 'GET', headers: { [CHALLENGE]: 'v' } });
    expect(await receiver.receive(sent)).toMatchObject({
      kind: 'handshake',
      handshake: 'verification challenge',
    });
    expect(await ask('v', 'POST')).toMatchObject({ status: 401 });
  });

  it('is all that comes by GET', async () => {
    const response = await receiver.handle(request({ method: 'GET', headers: { authorization: secret } }));
    expect(response).toMatchObject({ status: 405, headers: { allow: 'POST, GET' } });
  });
});

it.each([
  [undefined, 'authorization', 200],
  ['X-My-Key', 'x-my-key', 200],
  ['X-My-Key', 'authorization', 401],
])('with the header %j takes its secret in %s: %s', async (header, sent, status) => {
  const receiver = receiverOf(okta({ secret, header }));
  expect(await receiver.handle(request({ body: BODY, headers: { [sent]: secret } }))).toMatchObject({
    status,
  });
});

it.each(['', 'a b', 'ä', 'a\n'])('cannot have the header %j', (header) => {
  expect(configurationError(() => okta({ secret, header }))).toBe('ERR_WEBHOOK_CONFIG_OPTION');
});
