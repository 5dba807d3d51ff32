import { describe, expect, it } from 'vitest';
import { mollie } from '../src/mollie.ts';
import { configurationError, mac, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-signing-secret';
const BODY = '{"resource":"event","id":"event_1","type":"payment.paid"}';
const sign = (key: string, body = BODY) => `sha256=${mac('sha256', key, 'hex', body)}`;
const ours = sign(secret);
const other = sign('another');

const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';
const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

const verifier = verifierOf(mollie({ secret }));

/** A header that is sent several times, as a runtime reads it. */
function repeated(...values: readonly string[]) {
  const headers = new Headers();
  for (const value of values) headers.append('x-mollie-signature', value);
  return { ...request({ body: BODY }), headers };
}

describe('the header', () => {
  it.each<[name: string, values: readonly string[], verdict: string]>([
    ['once', [ours], 'accepted'],
    ['twice, the first ours', [ours, other], 'accepted'],
    ['twice, the second ours', [other, ours], 'accepted'],
    ['twice, neither ours', [other, sign('third')], MISMATCH],
    ['beside something else', [ours, 'hmac'], MALFORMED],
    ['with another algorithm', [`sha1=${mac('sha1', secret, 'hex', BODY)}`], MALFORMED],
    ['without its prefix', [ours.slice('sha256='.length)], MALFORMED],
    ['seventeen times', Array.from({ length: 17 }, () => ours), MALFORMED],
  ])('%s', async (_, values, verdict) => {
    expect(await verdictOf(verifier, repeated(...values))).toBe(verdict);
  });
});

it('refuses a classic webhook, which nobody signs', async () => {
  const classic = request({
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'id=tr_WDqYK6vllg',
  });
  expect(await verdictOf(verifier, classic)).toBe('ERR_WEBHOOK_SIGNATURE_MISSING');
});

it.each(['live_abc', 'test_abc'])('takes no API key (%s) for its secret', (wrong) => {
  expect(configurationError(() => mollie({ secret: wrong }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
});
