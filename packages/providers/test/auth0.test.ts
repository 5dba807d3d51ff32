import { expect, it } from 'vitest';
import { auth0 } from '../src/auth0.ts';
import { judge, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'Bearer of my own';
const verifier = verifierOf(auth0({ secret }));
const post = (body: string, authorization = secret) => request({ body, headers: { authorization } });
const logs = [{ log_id: '1' }, { log_id: '2' }];

it.each([
  ['a list', '[{"log_id":"1"},{"log_id":"2"}]', logs],
  ['an object', '{"log_id":"1"}', [logs[0]]],
  ['lines', '{"log_id":"1"}\n{"log_id":"2"}\n', logs],
  ['lines with returns', '{"log_id":"1"}\r\n\r\n{"log_id":"2"}', logs],
])('reads %s as a list', async (_, body, payload) => {
  expect((await judge(verifier, post(body))).event).toMatchObject({ type: 'batch', payload });
});

it('refuses lines that are no JSON, and another token', async () => {
  expect(await verdictOf(verifier, post('{"log_id":"1"}\nx'))).toBe('ERR_WEBHOOK_PAYLOAD_INVALID');
  expect(await verdictOf(verifier, post('[]', 'Bearer of another'))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
});
