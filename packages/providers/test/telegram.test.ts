import { expect, it } from 'vitest';
import { telegram } from '../src/telegram.ts';
import { judge, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a_secret-token';
const verifier = verifierOf(telegram({ secret }));
const post = (body: string, token = secret) =>
  request({ body, headers: { 'x-telegram-bot-api-secret-token': token } });

it.each([
  ['{"update_id":7,"message":{"text":"hi"}}', 'message'],
  ['{"callback_query":{},"update_id":7}', 'callback_query'],
  ['{"update_id":7}', ''],
])('has the type of %s in its field', async (body, type) => {
  expect((await judge(verifier, post(body))).event).toMatchObject({
    id: '7',
    type,
    signed: { id: false, type: false },
  });
});

it.each(['nonsense', ''])('refuses %j behind a right token as unreadable', async (body) => {
  expect(await verdictOf(verifier, post(body))).toBe('ERR_WEBHOOK_PAYLOAD_INVALID');
});

it.each(['a_secret-toke', 'a_secret-token1', 'A_secret-token'])('refuses the token %s', async (token) => {
  expect(await verdictOf(verifier, post('{"update_id":7}', token))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
});
