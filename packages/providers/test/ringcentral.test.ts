import { describe, expect, it } from 'vitest';
import { ringcentral } from '../src/ringcentral.ts';
import { receiverOf, request } from './support/request.ts';

const secret = 'a-verification-token';
const receiver = receiverOf(ringcentral({ secret }));
const TOKEN = '7c8ae5bb-9a2c-4c1b-9f59-7f3b0f5f6f3e';

describe('the validation of a subscription', () => {
  const ask = (token: string, method = 'POST') =>
    receiver.handle(request({ method, headers: { 'validation-token': token } }));

  it('is answered by the same header, in less than 1024 bytes', async () => {
    const response = await ask(TOKEN);
    expect(response).toMatchObject({ status: 200, body: '', headers: { 'validation-token': TOKEN } });
    expect(JSON.stringify((await ask('x'.repeat(512))).headers).length).toBeLessThan(700);
  });

  it.each(['', 'x'.repeat(513), 'Zoë'])('is refused as %j', async (token) => {
    const response = await ask(token);
    expect(response).toMatchObject({ status: 403, body: '{"error":"handshake_refused"}' });
    expect(response.headers).not.toHaveProperty('validation-token');
  });

  it('is no event, and comes by POST', async () => {
    const sent = request({ headers: { 'validation-token': TOKEN, 'verification-token': secret } });
    expect(await receiver.receive(sent)).toMatchObject({ kind: 'handshake', handshake: 'validation token' });
    expect(await ask(TOKEN, 'GET')).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  });
});

it('takes a notification by its token', async () => {
  const body = '{"uuid":"u1","event":"/restapi/v1.0/account/1","body":{}}';
  const sent = (token: string) => request({ body, headers: { 'verification-token': token } });
  expect(await receiver.receive(sent('guess'))).toMatchObject({ kind: 'rejected' });
  expect(await receiver.receive(sent(secret))).toMatchObject({ kind: 'accepted', event: { id: 'u1' } });
});
