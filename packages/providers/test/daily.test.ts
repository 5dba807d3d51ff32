import { expect, it } from 'vitest';
import { daily } from '../src/daily.ts';
import { configurationError, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'bm90LWEtc2VjcmV0LWJ1dC1hLWNvbnN0YW50';

it.each<[name: string, body: string, headers: Record<string, string>, status: number]>([
  ['as Daily sends it', '{"test":"test"}', {}, 200],
  ['with spaces', '{ "test": "test" }\n', {}, 200],
  ['with another field', '{"test":"test","type":"recording.started"}', {}, 401],
  ['with another value', '{"test":"x"}', {}, 401],
  ['with a signature that cannot be known yet', '{"test":"test"}', { 'x-webhook-signature': 'a' }, 200],
  ['too long', '{"test":"test"}'.padEnd(65), {}, 401],
  ['in nothing', '', {}, 401],
])('the test %s', async (_, body, headers, status) => {
  const handled: unknown[] = [];
  const receiver = receiverOf(daily({ secret }), { on: { '*': (event) => handled.push(event) } });
  expect(await receiver.handle(request({ headers, body }))).toMatchObject({
    status,
    body: status === 200 ? '' : '{"error":"signature_invalid"}',
  });
  expect(handled).toEqual([]);
});

it('has a test that is no event for verify()', async () => {
  const test = request({ body: '{"test":"test"}' });
  expect(await verdictOf(verifierOf(daily({ secret })), test)).toBe('ERR_WEBHOOK_HANDSHAKE');
});

it.each(['', 'not base64!', 'YQ'])('has no secret like %j', (wrong) => {
  expect(configurationError(() => daily({ secret: wrong }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
});
