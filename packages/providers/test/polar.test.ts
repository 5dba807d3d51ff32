import { expect, it } from 'vitest';
import { polar } from '../src/polar.ts';
import { configurationError, mac, request, SECONDS, verdictOf, verifierOf } from './support/request.ts';

const base64 = 'C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const marked = `whsec_${base64}`;
const text = 'polar_whs_RvxGdHJzhAYdXQZNRdjTCw0hPwTdcFfQ';

const BODY = '{"type":"order.paid","data":{"id":"o1"}}';

const signedBy = (...keys: (string | Uint8Array)[]) =>
  request({
    headers: {
      'webhook-id': 'e1',
      'webhook-timestamp': String(SECONDS),
      'webhook-signature': keys
        .map((key) => `v1,${mac('sha256', key, 'base64', `e1.${SECONDS}.${BODY}`)}`)
        .join(' '),
    },
    body: BODY,
  });

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

it.each<[name: string, secret: string, keys: (string | Uint8Array)[], verdict: string]>([
  ['an old secret is a key by its text', text, [text], 'accepted'],
  ['a marked one is a key by its text', marked, [marked], 'accepted'],
  ['and by what follows the mark, decoded', marked, [Buffer.from(base64, 'base64')], 'accepted'],
  ['the second signature counts as well', marked, ['another', Buffer.from(base64, 'base64')], 'accepted'],
  ['what follows the mark is no key by its text', marked, [base64], MISMATCH],
  ['an unmarked secret is not decoded', base64, [Buffer.from(base64, 'base64')], MISMATCH],
  ['a marked one that is no base64 is a key by its text', 'whsec_a-b', ['whsec_a-b'], 'accepted'],
  ['the key of nothing is none', 'whsec_a-b', [''], MISMATCH],
])('%s', async (_, secret, keys, verdict) => {
  expect(await verdictOf(verifierOf(polar({ secret })), signedBy(...keys))).toBe(verdict);
});

it.each(['', 'whsec_', 'polar_oat_x', 'polar_pat_x', `${marked} `])('has no secret like %j', (wrong) => {
  expect(configurationError(() => polar({ secret: wrong }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
});
