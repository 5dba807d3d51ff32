import { expect, it } from 'vitest';
import { coinbaseCommerce } from '../src/coinbase-commerce.ts';
import { mac, receiverOf, request } from './support/request.ts';

const secret = 'a-shared-secret';

function attempt(number: number, id = 'e1') {
  const body = JSON.stringify({ id: 1, attempt_number: number, event: { id, type: 'charge:confirmed' } });
  return request({ headers: { 'x-cc-webhook-signature': mac('sha256', secret, 'hex', body) }, body });
}

it('knows an event by its own id: the body is another in every attempt', async () => {
  const receiver = receiverOf(coinbaseCommerce({ secret }));
  expect(await receiver.receive(attempt(1))).toMatchObject({
    kind: 'accepted',
    event: { id: 'e1', type: 'charge:confirmed', signed: { id: true, type: true } },
  });
  expect(await receiver.receive(attempt(2))).toMatchObject({ kind: 'duplicate' });
  expect(await receiver.receive(attempt(1, 'e2'))).toMatchObject({ kind: 'accepted' });
});
