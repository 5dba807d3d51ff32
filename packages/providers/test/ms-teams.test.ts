import { reply } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import { msTeams } from '../src/ms-teams.ts';
import { configurationError, mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const key = Buffer.from('a security token of Teams');
const secret = key.toString('base64');
const BODY = '{"type":"message","id":"1764000000000","text":"<at>bot</at> hello"}';
const right = mac('sha256', key, 'base64', BODY);
const sent = (authorization: string) => request({ headers: { authorization }, body: BODY });

const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';

describe('the Authorization', () => {
  const verifier = verifierOf(msTeams({ secret }));
  it.each([
    ['HMAC', `HMAC ${right}`, 'accepted'],
    ['hmac in small letters', `hmac ${right}`, MALFORMED],
    ['Bearer', `Bearer ${right}`, MALFORMED],
    ['nothing but the signature', right, MALFORMED],
    ['the token as text', `HMAC ${mac('sha256', secret, 'base64', BODY)}`, 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
  ])('%s', async (_, authorization, verdict) => {
    expect(await verdictOf(verifier, sent(authorization))).toBe(verdict);
  });

  it('has no token that is not base64', () => {
    expect(configurationError(() => msTeams({ secret: 'not base64!' }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
  });
});

it('is answered with the message that Teams shows', async () => {
  const message = { type: 'message', text: 'Hello.' };
  const receiver = receiverOf(msTeams({ secret }), { on: { message: () => reply({ body: message }) } });
  const { status, headers, body } = await receiver.handle(sent(`HMAC ${right}`));
  expect({ status, body: JSON.parse(body) }).toEqual({ status: 200, body: message });
  expect(headers['content-type']).toContain('application/json');
});
