import { expect, it } from 'vitest';
import { linear } from '../src/linear.ts';
import { configurationError, judge, mac, NOW, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-signing-secret';
const verifier = verifierOf(linear({ secret }));

const signed = (body: string, headers: Record<string, string> = {}) =>
  request({
    headers: { 'linear-signature': mac('sha256', secret, 'hex', body), 'linear-delivery': 'd1', ...headers },
    body,
  });

const at = (webhookTimestamp: unknown): string =>
  JSON.stringify({ type: 'Issue', action: 'create', webhookTimestamp });

it.each<[name: string, body: string, verdict: string]>([
  ['now', at(NOW), 'accepted'],
  ['a minute ago', at(NOW - 60_000), 'accepted'],
  ['more than a minute ago', at(NOW - 60_001), 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
  ['more than a minute from now', at(NOW + 60_001), 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
  ['in seconds', at(NOW / 1000), 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
  ['in fractions', at(NOW + 0.5), 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  ['never', at(undefined), 'ERR_WEBHOOK_TIMESTAMP_MISSING'],
  ['null', at(null), 'ERR_WEBHOOK_TIMESTAMP_MISSING'],
  ['no JSON', '{', 'ERR_WEBHOOK_PAYLOAD_INVALID'],
])('is of %s', async (_, body, verdict) => {
  expect(await verdictOf(verifier, signed(body))).toBe(verdict);
});

it('never looks at the time in the header', async () => {
  const headers = { 'linear-timestamp': String(NOW) };
  expect(await verdictOf(verifier, signed(at(NOW - 3_600_000), headers))).toBe(
    'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
  );
  const { event } = await judge(verifier, signed(at(NOW), { 'linear-timestamp': '1' }));
  expect(event).toMatchObject({
    id: 'd1',
    type: 'Issue',
    timestamp: new Date(NOW),
    signed: { id: false, type: true, timestamp: true },
  });
});

it.each(['', 'lin_api_1', 'lin_oauth_1'])('has no secret like %j', (wrong) => {
  expect(configurationError(() => linear({ secret: wrong }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
});
