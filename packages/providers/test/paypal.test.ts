import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type PaypalOptions, paypal } from '../src/paypal.ts';
import { crc32 } from '../src/schemes/crc32.ts';
import { configurationError, judge, request, verdictOf, verifierOf } from './support/request.ts';
import { selfSigned } from './support/self-signed.ts';
import type { Vector } from './support/vector.ts';
import { vectorsOf } from './support/vectors.ts';

const [genuine] = vectorsOf('paypal').filter(
  ({ origin, expect: verdict }) => origin === 'made' && verdict === 'valid',
);
const { options, headers, body = '', fetched = {}, at = 0 } = genuine as Vector;

const serving = (text: string) => (async () => new Response(text)) as unknown as typeof fetch;
const certificate = Object.values(fetched)[0] as string;

const receiver = (text = certificate, more: Partial<PaypalOptions> = {}) =>
  verifierOf(paypal({ ...(options as unknown as PaypalOptions), fetch: serving(text), ...more }), {
    now: () => at * 1000,
  });

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Four bytes that make the checksum of what stands before them what it is wanted to be. */
function patch(before: Uint8Array, wanted: number): Uint8Array {
  const reverse = (value: number): number => {
    let register = value;
    for (let bit = 0; bit < 8; bit++) {
      register = register & 0x80000000 ? ((register << 1) ^ 0xdb710641) >>> 0 : (register << 1) >>> 0;
    }
    return register;
  };
  let register = (wanted ^ 0xffffffff) >>> 0;
  for (let byte = 0; byte < 4; byte++) register = reverse(register);
  const difference = (register ^ (crc32(before) ^ 0xffffffff)) >>> 0;
  return Uint8Array.from([0, 8, 16, 24], (shift) => (difference >>> shift) & 0xff);
}

describe('the checksum', () => {
  it.each([
    ['', 0],
    ['123456789', 0xcbf43926],
    ['The quick brown fox jumps over the lazy dog', 0x414fa339],
  ])('of %j', (text, sum) => {
    expect(crc32(utf8(text))).toBe(sum);
  });

  it('finds a change of any byte', async () => {
    const bytes = utf8(body);
    for (let index = 0; index < bytes.length; index++) {
      const changed = bytes.slice();
      changed[index] = (changed[index] as number) ^ 1;
      expect(await verdictOf(receiver(), request({ headers, body: changed }))).toBe(MISMATCH);
    }
  });

  it('does not hold against who has one genuine delivery, as the documentation says', async () => {
    const forged = utf8(
      `{"id":"WH-2","event_type":"PAYMENT.CAPTURE.COMPLETED","resource":{"amount":{"value":"9.00"}}} `,
    );
    const whole = new Uint8Array([...forged, ...patch(forged, crc32(utf8(body)))]);
    expect(crc32(whole)).toBe(crc32(utf8(body)));
    const code = await verdictOf(receiver(), request({ headers, body: whole }));
    // The signature holds; that this one is no JSON is a matter of four bytes more to choose.
    expect(code).toBe('ERR_WEBHOOK_PAYLOAD_INVALID');
  });

  it('makes neither id nor type of an event signed', async () => {
    const { event } = await judge(receiver(), request({ headers, body }));
    expect(event).toMatchObject({
      id: 'WH-7YX49823S2290830K-0JE13296W68552352',
      type: 'PAYMENT.CAPTURE.COMPLETED',
      signed: { id: false, type: false, timestamp: true },
    });
  });
});

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const certificateFor = (host: string): string => selfSigned({ hosts: [host], keys }).certificate;

describe('the certificate', () => {
  it('for the right name and with another key verifies, and this it did not sign', async () => {
    const other = certificateFor('messageverificationcerts.paypal.com');
    expect(await verdictOf(receiver(other), request({ headers, body }))).toBe(MISMATCH);
  });

  it.each([
    ['for another name', certificateFor('www.paypal.com')],
    ['for a name that only begins so', certificateFor('messageverificationcerts.paypal.com.evil.test')],
    ['for a name that only ends so', certificateFor('messageverificationcerts.evilpaypal.com')],
    ['for the sandbox', certificateFor('messageverificationcerts.sandbox.paypal.com')],
    ['of a key that is not RSA', selfSigned({ hosts: ['messageverificationcerts.paypal.com'] }).certificate],
    ['cut short', certificate.replace(/.{8}\n-----END/, '\n-----END')],
    ['in no armour', certificate.replace(/-----.*-----/g, '')],
    ['that is a page', '<html></html>'],
  ])('%s is none: whoever served it may be asked again', async (_, text) => {
    expect(await verdictOf(receiver(text), request({ headers, body }))).toBe('ERR_WEBHOOK_KEY_UNAVAILABLE');
  });

  it.each([
    ['another host', 'https://www.paypal.com/v1/notifications/certs/CERT-1'],
    ['a host that ends so', 'https://api.paypal.com.evil.test/v1/notifications/certs/CERT-1'],
    ['the sandbox', 'https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1'],
    ['another path', 'https://api.paypal.com/v1/reporting/CERT-1'],
    ['a path that climbs', 'https://api.paypal.com/v1/notifications/certs/../x'],
    ['http', 'http://api.paypal.com/v1/notifications/certs/CERT-1'],
    ['a query', 'https://api.paypal.com/v1/notifications/certs/CERT-1?a'],
  ])('at %s is not fetched', async (_, url) => {
    let asked = 0;
    const fetch = (async () => {
      asked++;
      return new Response(certificate);
    }) as unknown as typeof globalThis.fetch;
    const sent = request({ headers: { ...headers, 'paypal-cert-url': url }, body });
    expect(await verdictOf(receiver(certificate, { fetch }), sent)).toBe(MISMATCH);
    expect(asked).toBe(0);
  });
});

it.each<[name: string, change: Record<string, string>]>([
  ['another id', { 'paypal-transmission-id': '69cd13f0-d67a-11e5-baa3-778b53f4ae56' }],
  ['no id', { 'paypal-transmission-id': '' }],
  ['another time', { 'paypal-transmission-time': '2025-11-24T16:00:01Z' }],
  [
    'an id that takes the time along',
    { 'paypal-transmission-id': `${headers['paypal-transmission-id']}|2025-11-24T16:00:00Z` },
  ],
  ['another algorithm', { 'paypal-auth-algo': 'SHA256withECDSA' }],
])('%s is refused', async (_, change) => {
  const sent = request({ headers: { ...headers, ...change }, body });
  expect(await verdictOf(receiver(), sent)).toBe(MISMATCH);
});

it.each<[name: string, options: unknown]>([
  ['no webhook id', {}],
  ['an empty one', { webhookId: '' }],
  ['one with a separator', { webhookId: 'a|b' }],
  ['an unknown environment', { webhookId: 'a', environment: 'toString' }],
])('%s throws', (_, wrong) => {
  expect(configurationError(() => paypal(wrong as PaypalOptions))).toBe('ERR_WEBHOOK_CONFIG_OPTION');
});
