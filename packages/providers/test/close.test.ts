import { expect, it } from 'vitest';
import { close } from '../src/close.ts';
import { configurationError, judge, mac, request, SECONDS, verifierOf } from './support/request.ts';

const secret = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const provider = close({ secret });

const signed = (body: string) =>
  request({
    headers: {
      'close-sig-timestamp': String(SECONDS),
      'close-sig-hash': mac('sha256', Buffer.from(secret, 'hex'), 'hex', `${SECONDS}${body}`),
    },
    body,
  });

it.each<[body: string, type: string]>([
  ['{"event":{"id":"e","object_type":"lead","action":"created"}}', 'lead.created'],
  ['{"event":{"id":"e","object_type":"activity.call","action":"updated"}}', 'activity.call.updated'],
  ['{"event":{"id":"e","object_type":"lead"}}', ''],
  ['{"event":null}', ''],
  ['{}', ''],
  ['[]', ''],
  ['null', ''],
])('%s is of the type %j', async (body, type) => {
  const { event } = await judge(verifierOf(provider), signed(body));
  expect(event).toMatchObject({ type, signed: { type: type !== '', timestamp: true } });
});

it('is refused for what is no JSON, behind its signature', async () => {
  expect((await judge(verifierOf(provider), signed('{'))).code).toBe('ERR_WEBHOOK_PAYLOAD_INVALID');
});

it.each(['', 'api_1234', 'not hex', '0f1'])('has no key like %j', (wrong) => {
  expect(configurationError(() => close({ secret: wrong }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
});
