import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type BraintreeOptions, braintree } from '../src/braintree.ts';
import {
  configurationError,
  judge,
  mac,
  receiverOf,
  request,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const secret = 'integration_private_key';
const publicKey = 'integration_public_key';
const KEY = createHash('sha1').update(secret).digest();
const provider = (options: Partial<BraintreeOptions> = {}) => braintree({ secret, publicKey, ...options });

const hmac = (text: string): string => mac('sha1', KEY, 'hex', text);
const encoded = (xml: string): string => `${Buffer.from(xml).toString('base64')}\n`;
const XML =
  '<notification><timestamp type="datetime">2025-11-24T16:00:00Z</timestamp><kind>check</kind><subject><kind>x</kind></subject></notification>';

const post = (payload: string, signature = `${publicKey}|${hmac(payload)}`) =>
  request({ body: new URLSearchParams({ bt_signature: signature, bt_payload: payload }).toString() });

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

describe('the challenge', () => {
  const receiver = receiverOf(provider());
  const ask = (challenge: string, method = 'GET') =>
    receiver.handle(request({ method, url: `/hook?bt_challenge=${encodeURIComponent(challenge)}` }));

  // braintree/braintree_node: test/unit/braintree/webhook_notification_gateway_spec.js
  it('is answered as the vendor publishes it', async () => {
    expect(await ask('20f9f8ed05f77439fe955c977e4c8a53')).toMatchObject({
      status: 200,
      body: 'integration_public_key|d9b899556c966b3f06945ec21311865d35df3ce4',
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    });
  });

  it.each([
    '',
    'a'.repeat(19),
    'a'.repeat(33),
    'A'.repeat(20),
    `${'a'.repeat(20)}\n`,
    '<script>alert(1)</script>',
    'x'.repeat(2000),
  ])('is refused as %j', async (challenge) => {
    const { status, body } = await ask(challenge);
    expect({ status, body }).toEqual({ status: 403, body: '{"error":"handshake_refused"}' });
  });

  it('is no event, and comes by GET', async () => {
    const text = 'a'.repeat(20);
    const sent = request({ method: 'GET', url: `/hook?bt_challenge=${text}` });
    expect(await receiver.receive(sent)).toMatchObject({ kind: 'handshake', handshake: 'bt_challenge' });
    expect(await ask(text, 'POST')).toMatchObject({ status: 401 });
  });

  it('signs nothing that passes for a notification', async () => {
    const text = 'abcdef0123456789abcdef0123456789';
    const { body } = await ask(text);
    expect(await verdictOf(verifierOf(provider()), post(text, body))).toBe('ERR_WEBHOOK_PAYLOAD_INVALID');
  });
});

describe('a notification', () => {
  const payload = encoded(XML);
  it.each<[name: string, sent: ReturnType<typeof post>, verdict: string]>([
    ['as it is sent', post(payload), 'accepted'],
    ['without the last line break', post(payload.trim(), `${publicKey}|${hmac(payload)}`), 'accepted'],
    [
      'signed by several key pairs',
      post(payload, `other|${hmac('x')}&${publicKey}|${hmac(payload)}`),
      'accepted',
    ],
    ['with one line break more', post(`${payload}\n`, `${publicKey}|${hmac(payload)}`), MISMATCH],
    ['named after another key pair', post(payload, `other|${hmac(payload)}`), MISMATCH],
    ['signed in capitals', post(payload, `${publicKey}|${hmac(payload).toUpperCase()}`), MISMATCH],
    [
      'signed with the key itself',
      post(payload, `${publicKey}|${mac('sha1', secret, 'hex', payload)}`),
      MISMATCH,
    ],
    ['with a byte that is not base64', post(`${payload}!`), MISMATCH],
    ['that is empty', post(''), MISMATCH],
    ['that is no XML', post(encoded('hello, hello, hello')), 'ERR_WEBHOOK_PAYLOAD_INVALID'],
    [
      'without a signature',
      request({ body: `bt_payload=${encodeURIComponent(payload)}` }),
      'ERR_WEBHOOK_SIGNATURE_MISSING',
    ],
  ])('%s', async (_, sent, verdict) => {
    expect(await verdictOf(verifierOf(provider()), sent)).toBe(verdict);
  });

  it('says its kind, its time, and what your parser makes of it', async () => {
    const { event } = await judge(
      verifierOf(provider({ parse: (xml) => ({ length: xml.length }) })),
      post(payload),
    );
    expect(event).toMatchObject({
      type: 'check',
      payload: {
        kind: 'check',
        timestamp: '2025-11-24T16:00:00Z',
        xml: XML,
        notification: { length: XML.length },
      },
      signed: { type: true },
    });
  });

  it('is parsed only when its signature held', async () => {
    const parsed: string[] = [];
    const verifier = verifierOf(provider({ parse: (xml) => parsed.push(xml) }));
    await verdictOf(verifier, post(payload, `${publicKey}|${hmac('x')}`));
    expect(parsed).toEqual([]);
  });

  it('that your parser refuses is one that cannot be parsed', async () => {
    const verifier = verifierOf(
      provider({
        parse: () => {
          throw new Error('no');
        },
      }),
    );
    expect(await verdictOf(verifier, post(payload))).toBe('ERR_WEBHOOK_PAYLOAD_INVALID');
  });

  it('may be of either of two key pairs', async () => {
    const other = createHash('sha1').update('other_private').digest();
    const sent = post(payload, `other_public|${mac('sha1', other, 'hex', payload)}`);
    const verifier = verifierOf(
      braintree({ secret: [secret, 'other_private'], publicKey: [publicKey, 'other_public'] }),
    );
    expect((await judge(verifier, sent)).event).toMatchObject({ secretId: '1' });
  });
});

it.each(['', undefined, [], 'a|b', 'a&b'])('cannot have the public key %j', (wrong) => {
  expect(configurationError(() => braintree({ secret, publicKey: wrong as string }))).toBe(
    'ERR_WEBHOOK_CONFIG_OPTION',
  );
});
