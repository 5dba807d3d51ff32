import { describe, expect, it } from 'vitest';
import { linkedin } from '../src/linkedin.ts';
import { mac, receiverOf, request } from './support/request.ts';

const secret = 'a-client-secret';
const receiver = receiverOf(linkedin({ secret }));
const CODE = '890e4665-4dfe-4ab1-b689-ed553bceeed0';

describe('the challenge', () => {
  const ask = (challengeCode: string, method = 'GET') =>
    receiver.handle(
      request({ method, url: `/li?${new URLSearchParams({ challengeCode, applicationId: '1' })}` }),
    );

  it('is answered with a proof', async () => {
    expect(await ask(CODE)).toMatchObject({
      status: 200,
      body: JSON.stringify({ challengeCode: CODE, challengeResponse: mac('sha256', secret, 'hex', CODE) }),
      headers: { 'content-type': 'application/json', 'x-content-type-options': 'nosniff' },
    });
  });

  it.each(['', `${CODE}0`, 'hmacsha256={"type":"FORGED"}', '<script>', 'x'.repeat(2000)])(
    'is refused as %j',
    async (code) => {
      const { status, body } = await ask(code);
      expect({ status, body }).toEqual({ status: 403, body: '{"error":"handshake_refused"}' });
    },
  );

  it('is no event, and comes by GET', async () => {
    const sent = request({ method: 'GET', url: `/li?challengeCode=${CODE}` });
    expect(await receiver.receive(sent)).toMatchObject({ kind: 'handshake', handshake: 'challengeCode' });
    expect(await ask(CODE, 'POST')).toMatchObject({ status: 401 });
  });
});

it('takes a delivery by its signature, which covers more than the body', async () => {
  const body = '{"type":"T","notifications":[]}';
  const sent = (...content: string[]) =>
    request({ body, headers: { 'x-li-signature': mac('sha256', secret, 'hex', ...content) } });
  const named = (signature: string) =>
    request({ body: body.replace('T', 'U'), headers: { 'x-li-signature': signature } });
  const right = mac('sha256', secret, 'hex', 'hmacsha256=', body.replace('T', 'U'));
  expect(await receiver.receive(named(`sha256=${right}`))).toMatchObject({ kind: 'rejected' });
  expect(await receiver.receive(named(`hmacsha256=hmacsha256=${right}`))).toMatchObject({ kind: 'rejected' });
  expect(await receiver.receive(named(`hmacsha256=${right}`))).toMatchObject({ kind: 'accepted' });
  expect(await receiver.receive(sent(body))).toMatchObject({ kind: 'rejected' });
  expect(await receiver.receive(sent('hmacsha256=', body))).toMatchObject({
    kind: 'accepted',
    event: { type: 'T' },
  });
});
