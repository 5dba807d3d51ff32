import { describe, expect, it } from 'vitest';
import { twitch } from '../src/twitch.ts';
import { judge, mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 's3cRe7-of-ten-or-more';
const provider = twitch({ secret });

const ID = 'e76c6bd4-55c9-4987-8304-da1588d8988b';
const TIME = '2025-11-24T16:00:00.123456789Z';
const CHALLENGE = 'pogchamp-kappa-360noscope-vohiyo';

const subscription = (status: string) => ({
  id: 'f1c2a387',
  type: 'channel.follow',
  version: '2',
  status,
  condition: { broadcaster_user_id: '12826' },
});

const NOTIFICATION = { subscription: subscription('enabled'), event: { user_id: '1337' } };
const DROPS = { subscription: subscription('enabled'), events: [{ id: 'd1', data: {} }] };
const VERIFICATION = {
  challenge: CHALLENGE,
  subscription: subscription('webhook_callback_verification_pending'),
};
const REVOCATION = { subscription: subscription('authorization_revoked') };

const signed = (message: unknown, headers: Record<string, string> = {}, id = ID, time = TIME) => {
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  return request({
    headers: {
      'twitch-eventsub-message-id': id,
      'twitch-eventsub-message-timestamp': time,
      'twitch-eventsub-message-type': 'notification',
      'twitch-eventsub-subscription-type': 'channel.follow',
      'twitch-eventsub-message-signature': `sha256=${mac('sha256', secret, 'hex', id, time, body)}`,
      ...headers,
    },
    body,
  });
};

const watched = () => {
  const handled: string[] = [];
  const receiver = receiverOf(provider, { on: { '*': ({ type }) => handled.push(type) } });
  return { receiver, handled };
};

describe('what comes', () => {
  it.each<[name: string, message: unknown, type: string]>([
    ['a notification has the type of its subscription', NOTIFICATION, 'channel.follow'],
    ['so have several events at a time', DROPS, 'channel.follow'],
    ['the end of a subscription is a revocation', REVOCATION, 'revocation'],
    [
      'something that happened, and bears a challenge beside it, is that',
      { ...NOTIFICATION, challenge: 'x' },
      'channel.follow',
    ],
    ['a subscription without a type has none', { subscription: {}, event: {} }, ''],
    ['nothing that is an object has none', '"text"', ''],
  ])('%s', async (_, message, type) => {
    const { event } = await judge(verifierOf(provider), signed(message));
    expect(event).toMatchObject({
      id: ID,
      type,
      timestamp: new Date('2025-11-24T16:00:00.123Z'),
      signed: { id: true, timestamp: true },
    });
    if (type !== '') expect(event?.signed.type).toBe(true);
  });

  it.each<[name: string, message: unknown, kind: string, type: string]>([
    ['a notification that calls itself a revocation', NOTIFICATION, 'revocation', 'channel.follow'],
    ['a revocation that calls itself a notification', REVOCATION, 'notification', 'revocation'],
  ])('%s, in a header that nothing covers, is what it is', async (_, message, kind, type) => {
    const { event } = await judge(
      verifierOf(provider),
      signed(message, {
        'twitch-eventsub-message-type': kind,
        'twitch-eventsub-subscription-type': 'channel.ban',
      }),
    );
    expect(event).toMatchObject({ type });
  });

  it('is known again by its id, whatever it says and whenever it comes', async () => {
    const { receiver, handled } = watched();
    expect(await receiver.receive(signed(NOTIFICATION))).toMatchObject({ kind: 'accepted' });
    const retry = signed(NOTIFICATION, { 'twitch-eventsub-message-retry': '1' }, ID, '2025-11-24T16:00:30Z');
    expect(await receiver.receive(retry)).toMatchObject({ kind: 'duplicate' });
    expect(handled).toEqual(['channel.follow']);
  });

  it('rightly signed, and no JSON, is refused for that', async () => {
    expect(await verdictOf(verifierOf(provider), signed('{'))).toBe('ERR_WEBHOOK_PAYLOAD_INVALID');
  });
});

describe('the time', () => {
  it.each([
    ['ten minutes ago', '2025-11-24T15:50:00Z', 'accepted'],
    ['more than ten minutes ago', '2025-11-24T15:49:59.999Z', 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    ['in six minutes', '2025-11-24T16:06:00Z', 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
    ['in seconds', '1764000000', 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  ])('%s', async (_, time, verdict) => {
    expect(await verdictOf(verifierOf(provider), signed(NOTIFICATION, {}, ID, time))).toBe(verdict);
  });

  it('follows the id with nothing between: a letter that moves makes it no time', async () => {
    const body = JSON.stringify(NOTIFICATION);
    const sent = (id: string, time: string) =>
      request({
        headers: {
          'twitch-eventsub-message-id': id,
          'twitch-eventsub-message-timestamp': time,
          'twitch-eventsub-message-signature': `sha256=${mac('sha256', secret, 'hex', ID, TIME, body)}`,
        },
        body,
      });
    const verifier = verifierOf(provider);
    expect(await verdictOf(verifier, sent(ID, TIME))).toBe('accepted');
    expect(await verdictOf(verifier, sent(ID.slice(0, -1), ID.slice(-1) + TIME))).toBe(
      'ERR_WEBHOOK_TIMESTAMP_MALFORMED',
    );
    expect(await verdictOf(verifier, sent(ID + TIME[0], TIME.slice(1)))).toBe(
      'ERR_WEBHOOK_TIMESTAMP_MALFORMED',
    );
  });
});

describe("the callback's verification", () => {
  const verification = { 'twitch-eventsub-message-type': 'webhook_callback_verification' };

  it('is answered with its challenge as plain text, and reaches no handler', async () => {
    const { receiver, handled } = watched();
    expect(await receiver.receive(signed(VERIFICATION, verification))).toMatchObject({
      kind: 'handshake',
      handshake: 'webhook_callback_verification',
    });
    const { status, headers, body } = await receiver.handle(signed(VERIFICATION, verification));
    expect({ status, body }).toEqual({ status: 200, body: CHALLENGE });
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(handled).toEqual([]);
  });

  it('is no event for verify()', async () => {
    expect(await verdictOf(verifierOf(provider), signed(VERIFICATION, verification))).toBe(
      'ERR_WEBHOOK_HANDSHAKE',
    );
  });

  it.each<[name: string, headers: Record<string, string>]>([
    ['unsigned', { 'twitch-eventsub-message-signature': '' }],
    ['wrongly signed', { 'twitch-eventsub-message-signature': `sha256=${'0'.repeat(64)}` }],
    ['under another id than the signed one', { 'twitch-eventsub-message-id': 'another' }],
    ['of another time than the signed one', { 'twitch-eventsub-message-timestamp': '2025-11-24T16:00:01Z' }],
  ])('%s, is refused and echoes nothing', async (_, headers) => {
    const { receiver, handled } = watched();
    const { status, body } = await receiver.handle(signed(VERIFICATION, { ...verification, ...headers }));
    expect({ status, body }).toEqual({ status: 401, body: '{"error":"signature_invalid"}' });
    expect(handled).toEqual([]);
  });

  it.each<[name: string, challenge: unknown, status: number]>([
    ['of 1024 characters', 'c'.repeat(1024), 200],
    ['of 1025', 'c'.repeat(1025), 403],
    ['that is empty', '', 403],
    ['that is a number', 1, 403],
    ['with a line break', 'a\nb', 403],
    ['beyond ASCII', 'é', 403],
  ])('with a challenge %s', async (_, challenge, status) => {
    const { receiver, handled } = watched();
    const sent = signed({ ...VERIFICATION, challenge }, verification);
    expect((await receiver.handle(sent)).status).toBe(status);
    expect(handled).toEqual([]);
  });

  it('comes by POST', async () => {
    const got = await watched().receiver.handle(request({ method: 'GET', url: '/hook?challenge=x' }));
    expect(got).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  });
});
