import { expect, it } from 'vitest';
import { sinch } from '../src/sinch.ts';
import { mac, receiverOf, request, SECONDS, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-webhook-secret';
const provider = sinch({ secret });
const BODY = '{"app_id":"a1","message":{"text":"a.b.c"}}';
const HEADER = 'x-sinch-webhook-signature';

const signed = (nonce: string, at: number | string = SECONDS, body = BODY) =>
  request({
    headers: {
      [HEADER]: mac('sha256', secret, 'base64', `${body}.${nonce}.${at}`),
      [`${HEADER}-nonce`]: nonce,
      [`${HEADER}-timestamp`]: String(at),
      [`${HEADER}-algorithm`]: 'HmacSHA256',
    },
    body,
  });

it('knows a callback that comes again, signed anew', async () => {
  const receiver = receiverOf(provider);
  expect(await receiver.receive(signed('n1'))).toMatchObject({ kind: 'accepted' });
  expect(await receiver.receive(signed('n2', SECONDS + 9))).toMatchObject({ kind: 'duplicate' });
});

it.each([
  ['', 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
  ['a b', 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
  ['a.b', 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
  ['n'.repeat(257), 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
  ['01JHFFHWYY7HSS4FWTMDTQEK8V', 'accepted'],
])('the nonce %j', async (nonce, verdict) => {
  expect(await verdictOf(verifierOf(provider), signed(nonce))).toBe(verdict);
});

it('gives no part of a body away to the nonce', async () => {
  const genuine = signed('n1');
  const headers = new Headers([...(genuine.headers as Headers)]);
  headers.set(`${HEADER}-nonce`, 'b.c"}}.n1');
  const body = new TextEncoder().encode('{"app_id":"a1","message":{"text":"a');
  expect(await verdictOf(verifierOf(provider), { ...genuine, headers, body })).toBe(
    'ERR_WEBHOOK_SIGNATURE_MALFORMED',
  );
});

it.each([undefined, 'HmacSHA1', 'hmacsha256', ''])(
  'is of no algorithm but its own: %j',
  async (algorithm) => {
    const sent = signed('n1');
    const headers = sent.headers as Headers;
    if (algorithm === undefined) headers.delete(`${HEADER}-algorithm`);
    else headers.set(`${HEADER}-algorithm`, algorithm);
    expect(await verdictOf(verifierOf(provider), sent)).toBe('ERR_WEBHOOK_SIGNATURE_MALFORMED');
  },
);
