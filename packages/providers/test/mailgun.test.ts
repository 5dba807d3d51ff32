import { PermanentError } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import { mailgun } from '../src/mailgun.ts';
import { judge, mac, receiverOf, request, SECONDS, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-signing-key';
const TOKEN = 'a1'.repeat(25);
const provider = mailgun({ secret });
const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

const signed = (timestamp = `${SECONDS}`, token = TOKEN) => ({
  timestamp,
  token,
  signature: mac('sha256', secret, 'hex', timestamp, token),
});

const webhook = (signature: unknown, event = 'delivered') =>
  request({ body: JSON.stringify({ signature, 'event-data': { event, id: 'not unique' } }) });

describe('the signature', () => {
  const { signature } = signed();
  it.each<[name: string, sent: unknown, verdict: string]>([
    ['right', signed(), 'accepted'],
    ['of another time', { ...signed(), timestamp: `${SECONDS + 1}` }, MISMATCH],
    ['of another token', { ...signed(), token: TOKEN.replace('a', 'b') }, MISMATCH],
    [
      'whose time took a digit of the token',
      { timestamp: `${SECONDS}a`, token: TOKEN.slice(1), signature },
      'ERR_WEBHOOK_TIMESTAMP_MALFORMED',
    ],
    [
      'whose token took a digit of the time',
      { timestamp: `${SECONDS}`.slice(0, -1), token: `0${TOKEN}`, signature },
      'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
    ],
    ['as it is at the last attempt', signed(`${SECONDS - 29_400}`), 'accepted'],
    ['older', signed(`${SECONDS - 29_401}`), 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    ['of the future', signed(`${SECONDS + 301}`), 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
    [
      'without a time',
      { token: TOKEN, signature: mac('sha256', secret, 'hex', TOKEN) },
      'ERR_WEBHOOK_TIMESTAMP_MISSING',
    ],
    ['in capitals', { ...signed(), signature: signature.toUpperCase() }, 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
    ['missing', undefined, 'ERR_WEBHOOK_SIGNATURE_MISSING'],
    ['a list', [signed()], 'ERR_WEBHOOK_SIGNATURE_MISSING'],
  ])('%s', async (_, sent, verdict) => {
    expect(await verdictOf(verifierOf(provider), webhook(sent))).toBe(verdict);
  });

  it('covers its token and its time, and nothing that is told', async () => {
    const { event } = await judge(verifierOf(provider), webhook(signed(), 'changed on the way'));
    expect(event).toMatchObject({ id: TOKEN, signed: { id: true, type: false, timestamp: true } });
  });

  it('passes once, whatever body it is put before', async () => {
    const receiver = receiverOf(provider);
    expect(await receiver.receive(webhook(signed(), 'delivered'))).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(webhook(signed(), 'complained'))).toMatchObject({ kind: 'duplicate' });
  });
});

describe('a form', () => {
  const fields = signed();

  it.each([
    [
      'urlencoded',
      new URLSearchParams({ event: 'opened', ...fields }).toString(),
      'application/x-www-form-urlencoded',
    ],
    [
      'multipart',
      `--boundary-1\r\n${Object.entries({ event: 'opened', ...fields })
        .map(
          ([name, value]) => `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--boundary-1`,
        )
        .join('\r\n')}--\r\n`,
      'multipart/form-data; boundary=boundary-1',
    ],
  ])('%s has its signature where JSON has it', async (_, body, type) => {
    const { event } = await judge(verifierOf(provider), request({ body, headers: { 'content-type': type } }));
    expect(event).toMatchObject({ id: TOKEN, type: 'opened', payload: { signature: fields, token: TOKEN } });
  });

  it('counts the last of a repeated field', async () => {
    const text = new URLSearchParams({ ...fields }).toString();
    const sent = (body: string) =>
      request({ body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect(await verdictOf(verifierOf(provider), sent(`token=x&${text}`))).toBe('accepted');
    expect(await verdictOf(verifierOf(provider), sent(`${text}&token=x`))).toBe(MISMATCH);
  });
});

it('is told by 406 to stop', async () => {
  const receiver = receiverOf(provider, {
    on: {
      '*': () => {
        throw new PermanentError('for ever');
      },
    },
  });
  expect(await receiver.handle(webhook(signed()))).toMatchObject({ status: 406, body: '' });
});
