import { expect, it } from 'vitest';
import { lovable } from '../src/lovable.ts';
import { judge, mac, NOW, receiverOf, request, SECONDS, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-webhook-secret';
const provider = lovable({ secret });

const signed = (at: number | string, body = '{"type":"signup","run_id":"r1"}') =>
  request({
    headers: {
      'x-lovable-timestamp': String(at),
      'x-lovable-signature': `sha256=${mac('sha256', secret, 'hex', `${at}.${body}`)}`,
    },
    body,
  });

it.each<[at: string, verdict: string]>([
  [String(SECONDS), 'accepted'],
  [String(NOW), 'accepted'],
  [new Date(NOW).toISOString(), 'accepted'],
  ['2025-11-24T17:00:00+01:00', 'accepted'],
  ['2025-11-24T15:54:59Z', 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
  ['2025-11-24T16:05:01Z', 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
  [String(SECONDS - 301), 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
  // What their own verifier reads as well, and no sender writes.
  ['0x69248180', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  ['1.764e9', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  ['2025-11-24', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  ['2025-11-24T16:00:00', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  ['24 Nov 2025 16:00:00 GMT', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
])('the time %s', async (at, verdict) => {
  expect(await verdictOf(verifierOf(provider), signed(at))).toBe(verdict);
});

it('reads no time out of a body that was moved into the header', async () => {
  const iso = new Date(NOW).toISOString();
  const sent = signed(iso);
  const headers = new Headers({
    'x-lovable-timestamp': iso.slice(0, 19),
    'x-lovable-signature': sent.headers.get('x-lovable-signature') ?? '',
  });
  const body = new TextEncoder().encode('000Z.{"type":"signup","run_id":"r1"}');
  expect(await verdictOf(verifierOf(provider), { ...sent, headers, body })).toBe(
    'ERR_WEBHOOK_TIMESTAMP_MALFORMED',
  );
});

it('is known by its body, whenever it was signed', async () => {
  const receiver = receiverOf(provider);
  expect(await receiver.receive(signed(SECONDS))).toMatchObject({ kind: 'accepted' });
  expect(await receiver.receive(signed(SECONDS + 5))).toMatchObject({ kind: 'duplicate' });
  expect((await judge(verifierOf(provider), signed(SECONDS))).event).toMatchObject({
    type: 'signup',
    timestamp: new Date(NOW),
    signed: { id: true, type: true, timestamp: true },
  });
});
