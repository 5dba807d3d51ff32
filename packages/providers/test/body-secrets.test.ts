import { describe, expect, it } from 'vitest';
import { adyenPlatform } from '../src/adyen-platform.ts';
import { airtable } from '../src/airtable.ts';
import { alchemy } from '../src/alchemy.ts';
import { checkoutCom } from '../src/checkout-com.ts';
import { mailersend } from '../src/mailersend.ts';
import { onfido } from '../src/onfido.ts';
import { paystack } from '../src/paystack.ts';
import { razorpay } from '../src/razorpay.ts';
import { configurationError, mac, request, verdictOf, verifierOf } from './support/request.ts';

const BODY = '{"a":1}';

describe("a provider's other credentials are refused for its secret", () => {
  it.each([
    ['razorpay', () => razorpay({ secret: 'rzp_live_1' })],
    ['paystack', () => paystack({ secret: 'pk_live_1' })],
    ['checkout-com', () => checkoutCom({ secret: 'sk_1' })],
    ['checkout-com', () => checkoutCom({ secret: 'pk_1' })],
    ['onfido', () => onfido({ secret: 'api_live.1' })],
    ['onfido', () => onfido({ secret: 'api_sandbox.1' })],
    ['alchemy', () => alchemy({ secret: 'alcht_1' })],
    ['mailersend', () => mailersend({ secret: 'mlsn.1' })],
  ])('%s', (_, make) => {
    expect(configurationError(make)).toBe('ERR_WEBHOOK_CONFIG_SECRET');
  });
});

describe('a secret that is bytes', () => {
  const key = Buffer.from('0f1e2d3c4b5a69788796a5b4c3d2e1f0', 'hex');

  it.each<[name: string, accepted: boolean, key: string | Uint8Array]>([
    ['is decoded from hex', true, key],
    ['is not taken as text', false, key.toString('hex')],
  ])('%s: adyen-platform', async (_, accepted, used) => {
    const headers = { hmacsignature: mac('sha256', used, 'base64', BODY) };
    for (const secret of [key.toString('hex'), key.toString('hex').toUpperCase()]) {
      const verdict = await verdictOf(
        verifierOf(adyenPlatform({ secret })),
        request({ headers, body: BODY }),
      );
      expect(verdict === 'accepted').toBe(accepted);
    }
  });

  it.each<[name: string, accepted: boolean, key: string | Uint8Array]>([
    ['is decoded from base64', true, key],
    ['is not taken as text', false, key.toString('base64')],
  ])('%s: airtable', async (_, accepted, used) => {
    const headers = { 'x-airtable-content-mac': `hmac-sha256=${mac('sha256', used, 'hex', BODY)}` };
    const verifier = verifierOf(airtable({ secret: key.toString('base64') }));
    expect((await verdictOf(verifier, request({ headers, body: BODY }))) === 'accepted').toBe(accepted);
  });

  it.each([
    ['adyen-platform', () => adyenPlatform({ secret: 'not hex' })],
    ['airtable', () => airtable({ secret: 'not base64!' })],
  ])('and is none is refused: %s', (_, make) => {
    expect(configurationError(make)).toBe('ERR_WEBHOOK_CONFIG_SECRET');
  });
});

describe('a secret that is text', () => {
  it.each([
    ['alchemy', 'whsec_test', 'x-alchemy-signature', alchemy],
    ['paystack', 'sk_test_1', 'x-paystack-signature', paystack],
  ])('is the key with its prefix: %s', async (name, secret, header, factory) => {
    const hash = name === 'paystack' ? 'sha512' : 'sha256';
    const headers = { [header]: mac(hash, secret, 'hex', BODY) };
    expect(await verdictOf(verifierOf(factory({ secret })), request({ headers, body: BODY }))).toBe(
      'accepted',
    );
  });
});
