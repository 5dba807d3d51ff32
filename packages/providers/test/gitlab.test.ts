import { describe, expect, it } from 'vitest';
import { gitlab } from '../src/gitlab.ts';
import {
  configurationError,
  judge,
  mac,
  NOW,
  receiverOf,
  request,
  SECONDS,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const KEY = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');
const signing = `whsec_${KEY.toString('base64')}`;
const token = 'a-secret-token';

const BODY = '{"object_kind":"push","ref":"refs/heads/main"}';
const ID = 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f';
const about = { 'x-gitlab-event': 'Push Hook', 'idempotency-key': ID };

const v1 = (body = BODY, at: number | string = SECONDS, key: Uint8Array = KEY): string =>
  `v1,${mac('sha256', key, 'base64', `${ID}.${at}.${body}`)}`;

const signature = (value = v1()): Record<string, string> => ({
  'webhook-id': ID,
  'webhook-timestamp': String(SECONDS),
  'webhook-signature': value,
});

const WRONG = v1('{}');

const delivery = (headers: Record<string, string>, body = BODY) =>
  request({ headers: { ...about, ...headers }, body });

const MISSING = 'ERR_WEBHOOK_SIGNATURE_MISSING';
const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';

describe('what is sent, to who has which', () => {
  const signed = verifierOf(gitlab({ secret: signing }));
  const trusting = verifierOf(gitlab({ secret: token }));
  const both = verifierOf(gitlab({ secret: [signing, token] }));
  const turned = verifierOf(gitlab({ secret: [token, signing] }));

  it.each<[name: string, headers: Record<string, string>, signed: string, trusting: string, both: string]>([
    ['a signature', signature(), 'accepted', MISSING, 'accepted'],
    ['a token', { 'x-gitlab-token': token }, MISSING, 'accepted', 'accepted'],
    ['both', { ...signature(), 'x-gitlab-token': token }, 'accepted', 'accepted', 'accepted'],
    [
      'a right signature, a wrong token',
      { ...signature(), 'x-gitlab-token': 'x' },
      'accepted',
      MISMATCH,
      'accepted',
    ],
    [
      'a wrong signature, the right token',
      { ...signature(WRONG), 'x-gitlab-token': token },
      MISMATCH,
      'accepted',
      MISMATCH,
    ],
    [
      'an empty signature, the right token',
      { ...signature(''), 'x-gitlab-token': token },
      MALFORMED,
      'accepted',
      MALFORMED,
    ],
    [
      'an unknown label, the right token',
      { ...signature('v2,x'), 'x-gitlab-token': token },
      MALFORMED,
      'accepted',
      MALFORMED,
    ],
    ['both wrong', { ...signature(WRONG), 'x-gitlab-token': 'x' }, MISMATCH, MISMATCH, MISMATCH],
    ['nothing', {}, MISSING, MISSING, MISSING],
    ['the signing token as the token', { 'x-gitlab-token': signing }, MISSING, MISMATCH, MISMATCH],
    ['an empty token', { 'x-gitlab-token': '' }, MISSING, MALFORMED, MALFORMED],
    ['the token with more', { 'x-gitlab-token': `${token}2` }, MISSING, MISMATCH, MISMATCH],
    ['the token with less', { 'x-gitlab-token': token.slice(1) }, MISSING, MISMATCH, MISMATCH],
    ['the token twice', { 'x-gitlab-token': `${token}, ${token}` }, MISSING, MISMATCH, MISMATCH],
  ])('%s', async (_, headers, ...expected) => {
    const verdicts = await Promise.all(
      [signed, trusting, both].map((each) => verdictOf(each, delivery(headers))),
    );
    expect(verdicts).toEqual(expected);
    expect(await verdictOf(turned, delivery(headers))).toBe(expected[2]);
  });
});

describe('a signed event', () => {
  it('has id and time signed, and a type that is not', async () => {
    expect((await judge(verifierOf(gitlab({ secret: signing })), delivery(signature()))).event).toMatchObject(
      {
        id: ID,
        type: 'Push Hook',
        timestamp: new Date(NOW),
        signed: { id: true, type: false, timestamp: true },
        secretId: '0',
      },
    );
  });

  it.each<[name: string, at: number | string, verdict: string]>([
    ['an old time', SECONDS - 301, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    ['a time ahead', SECONDS + 301, 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
    ['milliseconds', NOW, 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
  ])('with %s is refused', async (_, at, verdict) => {
    const headers = { ...signature(v1(BODY, at)), 'webhook-timestamp': String(at) };
    expect(await verdictOf(verifierOf(gitlab({ secret: signing })), delivery(headers))).toBe(verdict);
  });

  it('takes its id from the signed header, not from the one beside it', async () => {
    const receiver = receiverOf(gitlab({ secret: signing }));
    expect(await receiver.receive(delivery(signature()))).toMatchObject({ kind: 'accepted' });
    const replay = delivery({ ...signature(), 'idempotency-key': 'another' });
    expect(await receiver.receive(replay)).toMatchObject({ kind: 'duplicate' });
  });
});

describe('an event with a token', () => {
  it('has nothing signed, whatever its body', async () => {
    const verifier = verifierOf(gitlab({ secret: token }));
    for (const body of [BODY, '{"object_kind":"forged"}']) {
      expect((await judge(verifier, delivery({ 'x-gitlab-token': token }, body))).event).toMatchObject({
        id: ID,
        payload: JSON.parse(body),
        signed: { id: false, type: false, timestamp: false },
      });
    }
  });

  it('is known by its Idempotency-Key', async () => {
    const receiver = receiverOf(gitlab({ secret: token }));
    const sent = { 'x-gitlab-token': token };
    expect(await receiver.receive(delivery(sent))).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(delivery(sent))).toMatchObject({ kind: 'duplicate' });
    expect(await receiver.receive(delivery({ ...sent, 'idempotency-key': 'another' }))).toMatchObject({
      kind: 'accepted',
    });
  });

  it('says which token it was', async () => {
    const verifier = verifierOf(
      gitlab({ secret: [signing, { id: 'old', value: 'x' }, { id: 'new', value: token }] }),
    );
    expect((await judge(verifier, delivery({ 'x-gitlab-token': token }))).event).toMatchObject({
      secretId: 'new',
    });
    expect((await judge(verifier, delivery(signature()))).event).toMatchObject({ secretId: '0' });
  });
});

it.each([['', undefined, 'whsec_', 'whsec_no base64', ' a', 'a\n']].flat())(
  'takes no secret like %j',
  (secret) => {
    expect(configurationError(() => gitlab({ secret }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
  },
);
