import { expect, it } from 'vitest';
import { klaviyo } from '../src/klaviyo.ts';
import { mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-webhook-secret-of-16';
const provider = klaviyo({ secret });

const signed = (at: string, body = '{"data":[]}') =>
  request({
    headers: { 'klaviyo-timestamp': at, 'klaviyo-signature': mac('sha256', secret, 'hex', body, at) },
    body,
  });

it.each<[at: string, verdict: string]>([
  ['Mon, 24 Nov 2025 16:00:00 GMT', 'accepted'],
  ['Mon, 24 Nov 2025 15:55:00 GMT', 'accepted'],
  ['Mon, 24 Nov 2025 15:54:59 GMT', 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
  ['Mon, 24 Nov 2025 16:05:01 GMT', 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
  ['Tue, 24 Nov 2025 16:00:00 GMT', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  ['Mon, 24 Nov 2025 16:00:00 +0000', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  ['24 Nov 2025 16:00:00 GMT', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  ['2025-11-24T16:00:00Z', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  ['1764000000', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
])('the time %s', async (at, verdict) => {
  expect(await verdictOf(verifierOf(provider), signed(at))).toBe(verdict);
});

it('knows a batch that comes again, signed anew', async () => {
  const receiver = receiverOf(provider);
  expect(await receiver.receive(signed('Mon, 24 Nov 2025 16:00:00 GMT'))).toMatchObject({ kind: 'accepted' });
  expect(await receiver.receive(signed('Mon, 24 Nov 2025 16:01:00 GMT'))).toMatchObject({
    kind: 'duplicate',
  });
});
