import { describe, expect, it } from 'vitest';
import { woocommerce } from '../src/woocommerce.ts';
import { mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-secret';

const signed = (body: string, topic = 'order.updated', own = secret) =>
  request({
    headers: {
      'x-wc-webhook-topic': topic,
      'x-wc-webhook-delivery-id': 'the-same-in-one-second',
      'x-wc-webhook-signature': mac('sha256', own, 'base64', body),
    },
    body,
  });

describe('the ping', () => {
  const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

  it.each<[name: string, body: string, headers: Record<string, string>, status: number]>([
    ['as WooCommerce sends it', 'webhook_id=42', FORM, 200],
    ['without a type', 'webhook_id=42', {}, 200],
    ['with another field', 'webhook_id=42&status=paid', FORM, 401],
    ['twice', 'webhook_id=42&webhook_id=42', FORM, 401],
    ['without a number', 'webhook_id=', FORM, 401],
    ['with a text', 'webhook_id=a', FORM, 401],
    ['with a line break', 'webhook_id=42\n', FORM, 401],
    ['with too long a number', `webhook_id=${'1'.repeat(21)}`, FORM, 401],
    ['as JSON', '{"webhook_id":42}', {}, 401],
    ['in nothing', '', FORM, 401],
    ['with a signature, which must hold', 'webhook_id=42', { 'x-wc-webhook-signature': 'a' }, 401],
  ])('%s', async (_, body, headers, status) => {
    const handled: unknown[] = [];
    const receiver = receiverOf(woocommerce({ secret }), { on: { '*': (event) => handled.push(event) } });
    const response = await receiver.handle(request({ headers, body }));
    expect(response).toMatchObject({ status, body: status === 200 ? '' : '{"error":"signature_invalid"}' });
    expect(handled).toEqual([]);
  });

  it('comes by POST, and is no event for verify()', async () => {
    const get = request({ method: 'GET', url: '/hook?webhook_id=42' });
    expect(await receiverOf(woocommerce({ secret })).handle(get)).toMatchObject({ status: 405 });
    const ping = request({ body: 'webhook_id=42' });
    expect(await verdictOf(verifierOf(woocommerce({ secret })), ping)).toBe('ERR_WEBHOOK_HANDSHAKE');
  });
});

describe('the secret', () => {
  it.each<[given: string, key: string]>([
    ['plain', 'plain'],
    ['a &amp; b', 'a & b'],
    ['a & b', 'a & b'],
    ['&lt;&gt;&quot;&#039;', '<>"\''],
    ['&#39;&#0039;&#34;&#x27;&#x26;&#X22;', "''\"'&\""],
    ['&#060;&#062;&#038;', '<>&'],
    ['&amp;lt;', '&lt;'],
    ['&nbsp;&copy;&LT;&#65;&#x3c;', '&nbsp;&copy;&LT;&#65;&#x3c;'],
    ['&toString;', '&toString;'],
  ])('%s signs as %s', async (given, key) => {
    const verifier = verifierOf(woocommerce({ secret: given }));
    expect(await verdictOf(verifier, signed('{"id":1}', 'order.updated', key))).toBe('accepted');
  });
});

describe('a delivery', () => {
  it('is known by its topic and its body, and never by the second in which it was sent', async () => {
    const receiver = receiverOf(woocommerce({ secret }));
    expect(await receiver.receive(signed('{"id":1}'))).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(signed('{"id":1}'))).toMatchObject({ kind: 'duplicate' });
    expect(await receiver.receive(signed('{"id":2}'))).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(signed('{"id":1}', 'order.created'))).toMatchObject({ kind: 'accepted' });
  });
});
