import { describe, expect, it } from 'vitest';
import { attio } from '../src/attio.ts';
import { authorizeNet } from '../src/authorize-net.ts';
import { fourthwall } from '../src/fourthwall.ts';
import { ramp } from '../src/ramp.ts';
import { mac, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-secret';
const BODY = '{"a":1}';
const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

describe.each([
  ['attio', attio, 'attio-signature', 'x-attio-signature', 'hex'],
  ['fourthwall', fourthwall, 'x-fourthwall-hmac-sha256', 'x-fourthwall-hmac-apps-sha256', 'base64'],
  ['ramp', ramp, 'x-ramp-webhook-signature', 'x-ramp-signature', 'hex'],
] as const)('the two headers of %s', (_, factory, first, second, encoding) => {
  const verifier = verifierOf(factory({ secret }));
  const right = mac('sha256', secret, encoding, BODY);
  const wrong = mac('sha256', 'guess', encoding, BODY);
  it.each<[name: string, headers: Record<string, string>, verdict: string]>([
    ['the first alone', { [first]: right }, 'accepted'],
    ['the second alone', { [second]: right }, 'accepted'],
    ['a wrong first is not rescued', { [first]: wrong, [second]: right }, MISMATCH],
    ['a wrong second alone', { [second]: wrong }, MISMATCH],
  ])('%s', async (_name, headers, verdict) => {
    expect(await verdictOf(verifier, request({ headers, body: BODY }))).toBe(verdict);
  });
});

describe('authorize-net', () => {
  const key = 'A1B2C3D4E5F60718';
  const verifier = verifierOf(authorizeNet({ secret: key }));
  const right = mac('sha512', key, 'hex', BODY);
  it.each([
    ['upper case, as it is sent', `sha512=${right.toUpperCase()}`, 'accepted'],
    ['lower case', `sha512=${right}`, 'accepted'],
    ['no prefix', right.toUpperCase(), 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
    ['a key taken for hex', `sha512=${mac('sha512', Buffer.from(key, 'hex'), 'hex', BODY)}`, MISMATCH],
    ['SHA-256', `sha512=${mac('sha256', key, 'hex', BODY)}`, 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
  ])('%s', async (_, signature, verdict) => {
    const headers = { 'x-anet-signature': signature };
    expect(await verdictOf(verifier, request({ headers, body: BODY }))).toBe(verdict);
  });
});
