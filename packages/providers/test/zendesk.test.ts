import { expect, it } from 'vitest';
import { zendesk } from '../src/zendesk.ts';
import { judge, mac, NOW, receiverOf, request, verifierOf } from './support/request.ts';

const secret = 'a-signing-secret';
const provider = zendesk({ secret });

const signed = (method: string, body: string, at = '2025-11-24T16:00:00Z') =>
  request({
    method,
    headers: {
      'x-zendesk-webhook-signature': mac('sha256', secret, 'base64', at, body),
      'x-zendesk-webhook-signature-timestamp': at,
      'x-zendesk-webhook-invocation-id': 'i1',
    },
    body,
  });

it.each<[method: string, body: string, payload: unknown]>([
  ['POST', '{"type":"zen:event-type:user.created"}', { type: 'zen:event-type:user.created' }],
  ['PUT', '{"ticket":1}', { ticket: 1 }],
  ['PATCH', 'ticket=1&status=open', { ticket: '1', status: 'open' }],
  ['GET', '', {}],
  ['DELETE', '', {}],
])('%s %s', async (method, body, payload) => {
  const { event } = await judge(verifierOf(provider), signed(method, body));
  expect(event).toMatchObject({
    id: 'i1',
    payload,
    timestamp: new Date(NOW),
    signed: { id: false, timestamp: true },
  });
});

it('knows another attempt at one invocation', async () => {
  const receiver = receiverOf(provider);
  expect(await receiver.receive(signed('POST', '{"a":1}'))).toMatchObject({ kind: 'accepted' });
  expect(await receiver.receive(signed('POST', '{"a":1}', '2025-11-24T16:00:30Z'))).toMatchObject({
    kind: 'duplicate',
  });
});
