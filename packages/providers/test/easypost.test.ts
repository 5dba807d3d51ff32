import { describe, expect, it } from 'vitest';
import { easypost } from '../src/easypost.ts';
import { mac, request, verdictOf, verifierOf } from './support/request.ts';

const BODY = '{"description":"batch.created","id":"evt_1","result":{"weight":614.0}}';
const composed = 's\u00e9cret \ufb01ne';
const decomposed = 'se\u0301cret fine';

const sent = (key: string, body = BODY) =>
  request({ headers: { 'x-hmac-signature': `hmac-sha256-hex=${mac('sha256', key, 'hex', BODY)}` }, body });

describe('the secret', () => {
  it.each([
    ['composed', composed],
    ['decomposed', decomposed],
  ])('is the same %s: NFKD is what signs', async (_, secret) => {
    const verifier = verifierOf(easypost({ secret }));
    expect(await verdictOf(verifier, sent(decomposed))).toBe('accepted');
    expect(await verdictOf(verifier, sent(composed))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
  });
});

it('covers a weight as it is written', async () => {
  const verifier = verifierOf(easypost({ secret: decomposed }));
  const written = JSON.stringify(JSON.parse(BODY));
  expect(written).toContain('614}');
  expect(await verdictOf(verifier, sent(decomposed, written))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
});
