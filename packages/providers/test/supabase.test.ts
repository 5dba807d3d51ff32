import { reply } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import { supabase } from '../src/supabase.ts';
import {
  configurationError,
  judge,
  mac,
  receiverOf,
  request,
  SECONDS,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const KEY = Buffer.from('31c29cf6bf0618aab4f1a8c24b1c35a8', 'hex');
const OLD_KEY = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const bare = KEY.toString('base64');
const secret = `v1,whsec_${bare}`;
const oldSecret = `v1,whsec_${OLD_KEY.toString('base64')}`;

const BODY = JSON.stringify({ metadata: { uuid: 'u1', name: 'before-user-created' }, user: { id: 'u2' } });

const v1 = (key: Uint8Array, id: string, body = BODY): string =>
  `v1,${mac('sha256', key, 'base64', `${id}.${SECONDS}.${body}`)}`;

const delivery = (id = 'a1', signature = v1(KEY, id), body = BODY) =>
  request({
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(SECONDS),
      'webhook-signature': signature,
    },
    body,
  });

const malformed = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';

describe('signatures', () => {
  it.each([
    ['one', v1(KEY, 'a1'), 'accepted'],
    ['two, joined by comma and space', `${v1(OLD_KEY, 'a1')}, ${v1(KEY, 'a1')}`, 'accepted'],
    ['two, the first right', `${v1(KEY, 'a1')}, ${v1(OLD_KEY, 'a1')}`, 'accepted'],
    ['two wrong ones', `${v1(OLD_KEY, 'a1')}, ${v1(OLD_KEY, 'a2')}`, 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
    ['two, with a space alone between', `${v1(OLD_KEY, 'a1')} ${v1(KEY, 'a1')}`, malformed],
    ['a Standard Webhooks v1a', v1(KEY, 'a1').replace('v1,', 'v1a,'), malformed],
  ])('%s', async (_, signature, verdict) => {
    expect(await verdictOf(verifierOf(supabase({ secret })), delivery('a1', signature))).toBe(verdict);
  });

  it('cover the id, which must be there', async () => {
    const verifier = verifierOf(supabase({ secret }));
    expect(await verdictOf(verifier, delivery('a2', v1(KEY, 'a1')))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
    const sent = delivery();
    (sent.headers as Headers).delete('webhook-id');
    expect(await verdictOf(verifier, sent)).toBe(malformed);
  });
});

describe('secrets', () => {
  it.each<[name: string, secret: string | string[]]>([
    ['as the dashboard shows it', secret],
    ['without v1', `whsec_${bare}`],
    ['without any mark', bare],
    ['two in one text, the old one first', `${oldSecret}|${secret}`],
    ['two in a list', [oldSecret, secret]],
  ])('%s', async (_, given) => {
    expect(await verdictOf(verifierOf(supabase({ secret: given })), delivery())).toBe('accepted');
  });

  it.each([
    '',
    'v1,whsec_',
    `${secret}|`,
    `${secret}\n`,
    'v1,whsec_not base64',
    'v2,whsec_AAAA',
    'eyJhbGciOiJIUzI1NiJ9',
    'sb_secret_x',
  ])('%j is none', (wrong) => {
    expect(configurationError(() => supabase({ secret: wrong }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
  });
});

describe('a call', () => {
  it('has no id: the one that it bears is new on every attempt', async () => {
    const { event } = await judge(verifierOf(supabase({ secret })), delivery());
    expect(event).toMatchObject({ id: undefined, type: 'before-user-created' });
    expect(event?.signed).toEqual({ id: true, type: true, timestamp: true });
  });

  it('reaches the handler on every attempt, and not by a replay of one', async () => {
    const handled: unknown[] = [];
    const receiver = receiverOf(supabase({ secret }), { on: { '*': () => handled.push(1) } });
    expect(await receiver.receive(delivery('a1'))).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(delivery('a2'))).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(delivery('a1'))).toMatchObject({ kind: 'duplicate' });
    expect(handled).toHaveLength(2);
  });

  it('is answered with what the handler says, or with nothing', async () => {
    const answer = { error: { http_code: 403, message: 'Not here.' } };
    const receiver = receiverOf(supabase({ secret }), {
      on: { 'before-user-created': () => reply({ body: answer }) },
    });
    const { status, headers, body } = await receiver.handle(delivery('a1'));
    expect({ status, body: JSON.parse(body) }).toEqual({ status: 200, body: answer });
    expect(headers['content-type']).toBe('application/json');
    expect(await receiverOf(supabase({ secret })).handle(delivery('a1'))).toMatchObject({
      status: 204,
      body: '',
    });
  });
});
