import { expect, it } from 'vitest';
import { circleci } from '../src/circleci.ts';
import { mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-signing-secret';
const BODY = '{"type":"workflow-completed","id":"w1"}';
const right = mac('sha256', secret, 'hex', BODY);
const wrong = mac('sha256', 'x', 'hex', BODY);

const sent = (signature: string) => request({ headers: { 'circleci-signature': signature }, body: BODY });

it.each([
  ['v1', `v1=${right}`, 'accepted'],
  ['v1 beside versions to come', `v1=${right},v2=${wrong},v3=whatever`, 'accepted'],
  ['a wrong v1 beside a right v2', `v1=${wrong},v2=${right}`, 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
  ['a right v2 alone', `v2=${right}`, 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
  ['a right v0 alone', `v0=${right}`, 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
])('%s', async (_, signature, verdict) => {
  expect(await verdictOf(verifierOf(circleci({ secret })), sent(signature))).toBe(verdict);
});

it('comes again under the same id', async () => {
  const receiver = receiverOf(circleci({ secret }));
  expect(await receiver.receive(sent(`v1=${right}`))).toMatchObject({
    kind: 'accepted',
    event: { id: 'w1' },
  });
  expect(await receiver.receive(sent(`v1=${right}`))).toMatchObject({ kind: 'duplicate' });
});
