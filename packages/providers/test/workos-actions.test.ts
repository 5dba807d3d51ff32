import { describe, expect, it } from 'vitest';
import { signedAction, workosActions } from '../src/workos-actions.ts';
import { mac, NOW, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'wos_action_a1b2c3';
const provider = workosActions({ secret });
const BODY = '{"id":"action_1","object":"authentication_action_context","user":{"id":"user_1"}}';

const sent = (at = NOW, body = BODY) =>
  request({
    headers: { 'workos-signature': `t=${at}, v1=${mac('sha256', secret, 'hex', `${at}.${body}`)}` },
    body,
  });

describe('the answer', () => {
  it.each<[name: string, answer: Parameters<typeof signedAction>[1], object: string, payload: object]>([
    [
      'lets in',
      { type: 'authentication', verdict: 'Allow' },
      'authentication_action_response',
      { timestamp: NOW, verdict: 'Allow' },
    ],
    [
      'turns away, and says why',
      { type: 'user_registration', verdict: 'Deny', errorMessage: 'Nö, "you" — no' },
      'user_registration_action_response',
      { timestamp: NOW, verdict: 'Deny', error_message: 'Nö, "you" — no' },
    ],
    [
      'turns away without a word',
      { type: 'authentication', verdict: 'Deny' },
      'authentication_action_response',
      { timestamp: NOW, verdict: 'Deny' },
    ],
    [
      'has no message for those it lets in',
      { type: 'authentication', verdict: 'Allow', errorMessage: 'ignored' },
      'authentication_action_response',
      { timestamp: NOW, verdict: 'Allow' },
    ],
  ])('%s, signed', async (_, answer, object, payload) => {
    const { status, headers, body } = await signedAction(secret, answer, NOW);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    const written = JSON.stringify(payload);
    const signature = mac('sha256', secret, 'hex', `${NOW}.${written}`);
    expect(body).toBe(`{"object":"${object}","payload":${written},"signature":"${signature}"}`);
  });

  it('is what the receiver sends', async () => {
    const receiver = receiverOf(provider, {
      on: {
        authentication_action_context: () =>
          signedAction(secret, { type: 'authentication', verdict: 'Allow' }, NOW),
      },
    });
    const { status, body } = await receiver.handle(sent());
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      object: 'authentication_action_response',
      payload: { timestamp: NOW, verdict: 'Allow' },
      signature: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('bears the time of the clock', async () => {
    const before = Date.now();
    const { body } = await signedAction(secret, { type: 'authentication', verdict: 'Allow' });
    const { timestamp } = JSON.parse(body).payload;
    expect(timestamp).toBeGreaterThanOrEqual(before);
    expect(timestamp).toBeLessThanOrEqual(Date.now());
  });
});

it.each([
  ['now', NOW, 'accepted'],
  ['half a minute ago', NOW - 30_000, 'accepted'],
  ['longer ago', NOW - 30_001, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
  ['too far ahead', NOW + 30_001, 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
  ['in seconds', NOW / 1000, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
])('an action sent %s', async (_, at, verdict) => {
  expect(await verdictOf(verifierOf(provider), sent(at))).toBe(verdict);
});
