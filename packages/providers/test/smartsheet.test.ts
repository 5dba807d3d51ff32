import { describe, expect, it } from 'vitest';
import { smartsheet } from '../src/smartsheet.ts';
import { mac, receiverOf, request } from './support/request.ts';

const secret = 'a-shared-secret';
const receiver = receiverOf(smartsheet({ secret }));
const CHALLENGE = 'd78dd1d3-01ce-4481-81de-92b4f3aa5ab1';

describe('the challenge', () => {
  const ask = (challenge: string, method = 'POST') =>
    receiver.handle(
      request({ method, headers: { 'smartsheet-hook-challenge': challenge }, body: '{"webhookId":1}' }),
    );

  it('is sent back in another header', async () => {
    const response = await ask(CHALLENGE);
    expect(response).toMatchObject({
      status: 200,
      body: '',
      headers: { 'smartsheet-hook-response': CHALLENGE },
    });
    expect(response.headers).not.toHaveProperty('smartsheet-hook-challenge');
  });

  it.each(['', 'x'.repeat(1025), 'Zoë'])('is refused as %j', async (challenge) => {
    const response = await ask(challenge);
    expect(response.status).toBe(403);
    expect(response.headers).not.toHaveProperty('smartsheet-hook-response');
  });

  it('comes by POST', async () => {
    expect(await ask(CHALLENGE, 'GET')).toMatchObject({ status: 405 });
  });
});

it('takes a callback by its signature', async () => {
  const body = '{"nonce":"n1","webhookId":1,"events":[]}';
  const sent = (key: string) =>
    request({ body, headers: { 'smartsheet-hmac-sha256': mac('sha256', key, 'hex', body) } });
  expect(await receiver.receive(sent('other'))).toMatchObject({ kind: 'rejected' });
  expect(await receiver.receive(sent(secret))).toMatchObject({ kind: 'accepted' });
});
