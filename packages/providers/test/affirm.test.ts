import { describe, expect, it } from 'vitest';
import { affirm } from '../src/affirm.ts';
import { judge, mac, request, SECONDS, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-private-key';
const FORM = 'checkout_token=N8R79PUSKRP2UNAJ&event=opened&created=2026-01-01T12%3A00%3A00';
const sign = (at = SECONDS, body = FORM) => mac('sha512', secret, 'hex', `${at}.${body}`);
const sent = (header: string) => request({ headers: { 'x-affirm-signature': header }, body: FORM });

const verifier = verifierOf(affirm({ secret }));
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';

describe('the header', () => {
  it.each([
    ['time and signature', `t=${SECONDS},v0=${sign()}`, 'accepted'],
    ['two signatures', `t=${SECONDS},v0=${sign(1)},v0=${sign()}`, 'accepted'],
    ['another version', `t=${SECONDS},v1=${sign()}`, MALFORMED],
    ['two times', `t=${SECONDS},t=1,v0=${sign()}`, MALFORMED],
    ['no time', `v0=${sign()}`, 'ERR_WEBHOOK_TIMESTAMP_MISSING'],
    ['another time', `t=${SECONDS + 1},v0=${sign()}`, 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
    ['an old time', `t=${SECONDS - 301},v0=${sign(SECONDS - 301)}`, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    ['SHA-256', `t=${SECONDS},v0=${mac('sha256', secret, 'hex', `${SECONDS}.${FORM}`)}`, MALFORMED],
  ])('%s', async (_, header, verdict) => {
    expect(await verdictOf(verifier, sent(header))).toBe(verdict);
  });
});

it('is a form', async () => {
  const { event } = await judge(verifier, sent(`t=${SECONDS},v0=${sign()}`));
  expect(event).toMatchObject({ type: 'opened', payload: { checkout_token: 'N8R79PUSKRP2UNAJ' } });
});
