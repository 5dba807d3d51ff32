import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { messagebird } from '../src/messagebird.ts';
import { judge, mac, request, SECONDS, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-signing-key';
const verifier = verifierOf(messagebird({ secret }));
const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

const headersFor = (query: string, body = '', time = SECONDS) => ({
  'messagebird-request-timestamp': `${time}`,
  'messagebird-signature': mac(
    'sha256',
    secret,
    'base64',
    `${time}\n${query}\n`,
    createHash('sha256').update(body).digest(),
  ),
});

const get = (query: string, signed: string, time?: number) =>
  request({ method: 'GET', url: `/hook${query}`, headers: headersFor(signed, '', time) });

describe('the query', () => {
  it.each([
    ['', ''],
    ['?b=2&a=1', 'a=1&b=2'],
    ['?status=a+b%2Cc', 'status=a%20b%2Cc'],
    ['?statusDatetime=2019-01-11T09:17:11+00:00', 'statusDatetime=2019-01-11T09%3A17%3A11%2B00%3A00'],
    ['?a=2&a=1', 'a=2&a=1'],
    ['?%C3%A9=2&~=1', '~=1&%C3%A9=2'],
    ["?a=!'()*", "a=!'()*"],
  ])('%s is signed as %s', async (query, signed) => {
    expect(await verdictOf(verifier, get(query, signed))).toBe('accepted');
    expect(await verdictOf(verifier, get(query, `${signed}x`))).toBe(MISMATCH);
  });

  it('has the fields on GET', async () => {
    const { event } = await judge(verifier, get('?status=delivered&id=1', 'id=1&status=delivered'));
    expect(event).toMatchObject({
      id: undefined,
      type: 'delivered',
      payload: { id: '1' },
      signed: { type: true },
    });
  });
});

it.each([
  [100, 'accepted'],
  [101, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
  [-100, 'accepted'],
  [-101, 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
])('signed %s seconds ago: %s', async (age, verdict) => {
  expect(await verdictOf(verifier, get('', '', SECONDS - age))).toBe(verdict);
});

it('has a body beside its query', async () => {
  const body = '{"type":"message.created"}';
  const sent = (text: string) => request({ url: '/hook?a=1', body: text, headers: headersFor('a=1', body) });
  expect((await judge(verifier, sent(body))).event).toMatchObject({ type: 'message.created' });
  expect(await verdictOf(verifier, sent(body.replace('created', 'updated')))).toBe(MISMATCH);
});
