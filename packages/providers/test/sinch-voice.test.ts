import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { sinchVoice } from '../src/sinch-voice.ts';
import { configurationError, mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'BeIukql3pTKJ8RGL5zo0DA==';
const applicationKey = 'app-key';
const provider = sinchVoice({ secret, applicationKey });

const TYPE = 'application/json; charset=utf-8';
const BODY = '{"event":"ice","callid":"c1"}';
const NOON = '2025-11-24T16:00:00.1234567Z';

function signed({ body = BODY, time = NOON, application = applicationKey, scheme = 'Application' } = {}) {
  const digest = body === '' ? '' : createHash('md5').update(body).digest('base64');
  const content = ['POST', digest, TYPE, `x-timestamp:${time}`, '/hook'].join('\n');
  const signature = mac('sha256', Buffer.from(secret, 'base64'), 'base64', content);
  const authorization = `${scheme} ${application}:${signature}`;
  return request({ headers: { 'content-type': TYPE, 'x-timestamp': time, authorization }, body });
}

it.each<[name: string, sent: Parameters<typeof signed>[0], verdict: string]>([
  ['a call', {}, 'accepted'],
  ['another application', { application: 'app-keys' }, 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
  ['no application', { application: '' }, 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
  ['another scheme', { scheme: 'Basic' }, 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
  ['an old call', { time: '2025-11-24T15:54:59Z' }, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
  ['a call from the future', { time: '2025-11-24T16:05:01Z' }, 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
  ['a time of another kind', { time: '1764000000' }, 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  ['nothing, signed as such', { body: '' }, 'ERR_WEBHOOK_PAYLOAD_INVALID'],
])('%s', async (_, sent, verdict) => {
  expect(await verdictOf(verifierOf(provider), signed(sent))).toBe(verdict);
});

it('knows a call that comes again, signed anew', async () => {
  const receiver = receiverOf(provider);
  expect(await receiver.receive(signed())).toMatchObject({ kind: 'accepted' });
  expect(await receiver.receive(signed({ time: '2025-11-24T16:00:09Z' }))).toMatchObject({
    kind: 'duplicate',
  });
});

it.each(['', 'a:b', 'a b', undefined])('has no application %j', (wrong) => {
  const make = () => sinchVoice({ secret, applicationKey: wrong as string });
  expect(configurationError(make)).toBe('ERR_WEBHOOK_CONFIG_OPTION');
});
