import { describe, expect, it } from 'vitest';
import { shopify } from '../src/shopify.ts';
import {
  configurationError,
  judge,
  mac,
  receiverOf,
  request,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const secret = 'shpss_0123456789abcdef';
const provider = shopify({ secret });
const BODY = '{"id":820982911946154508,"email":"jon@example.com"}';

const hmac = (body = BODY, key = secret): string => mac('sha256', key, 'base64', body);

const X = {
  'x-shopify-hmac-sha256': hmac(),
  'x-shopify-topic': 'orders/create',
  'x-shopify-webhook-id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
  'x-shopify-event-id': '98880550-7158-44d4-b7cd-2c97c8a091b5',
  'x-shopify-shop-domain': 'example.myshopify.com',
  'x-shopify-triggered-at': '2023-03-29T18:00:27.877041743Z',
};

/** The same delivery under the names that the newer events have. */
const twin = Object.fromEntries(Object.entries(X).map(([name, value]) => [name.replace(/^x-/, ''), value]));

const delivery = (headers: Record<string, string>, body = BODY) => request({ headers, body });

describe('the signature', () => {
  const MISSING = 'ERR_WEBHOOK_SIGNATURE_MISSING';
  const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';
  const hex = mac('sha256', secret, 'hex', BODY);
  it.each<[name: string, headers: Record<string, string>, verdict: string]>([
    ['under its old name', X, 'accepted'],
    ['under its new name', twin, 'accepted'],
    ['under both', { ...X, ...twin }, 'accepted'],
    ['under neither', { 'x-shopify-topic': 'orders/create' }, MISSING],
    ['empty', { ...X, 'x-shopify-hmac-sha256': '' }, MALFORMED],
    ['in hex', { ...X, 'x-shopify-hmac-sha256': hex }, MALFORMED],
    ['without padding', { ...X, 'x-shopify-hmac-sha256': hmac().replace('=', '') }, MALFORMED],
    ['with a prefix', { ...X, 'x-shopify-hmac-sha256': `sha256=${hmac()}` }, MALFORMED],
    ['twice', { ...X, 'x-shopify-hmac-sha256': `${hmac()}, ${hmac()}` }, MALFORMED],
  ])('%s', async (_, headers, verdict) => {
    expect(await verdictOf(verifierOf(provider), delivery(headers))).toBe(verdict);
  });

  it('under one name is never rescued by the other', async () => {
    const names = [provider.rules.schemes[0]?.grammar.header].flat() as [string, string];
    expect([...names].sort()).toEqual(['shopify-hmac-sha256', 'x-shopify-hmac-sha256']);
    const [decisive, other] = names;
    const wrong = hmac('{}');
    const verifier = verifierOf(provider);
    expect(await verdictOf(verifier, delivery({ [decisive]: hmac(), [other]: wrong }))).toBe('accepted');
    expect(await verdictOf(verifier, delivery({ [decisive]: wrong, [other]: hmac() }))).toBe(
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    );
  });

  it('may be that of the old secret, for an hour after a rotation', async () => {
    const rotating = verifierOf(
      shopify({
        secret: [
          { id: 'new', value: 'shpss_new' },
          { id: 'old', value: secret },
        ],
      }),
    );
    expect((await judge(rotating, delivery(X))).event).toMatchObject({ secretId: 'old' });
  });

  it.each(['shpat_1', 'shpca_1', 'shppa_1', ''])('has no secret like %j', (wrong) => {
    expect(configurationError(() => shopify({ secret: wrong }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
  });
});

describe('an event', () => {
  it.each([
    ['old', X],
    ['new', twin],
  ])('under the %s names has id, type and time that nobody signed', async (_, headers) => {
    expect((await judge(verifierOf(provider), delivery(headers))).event).toMatchObject({
      id: 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
      type: 'orders/create',
      timestamp: new Date('2023-03-29T18:00:27.877Z'),
      signed: { id: false, type: false, timestamp: false },
    });
  });

  it.each(['yesterday', '1680112827', '', '2023-13-29T18:00:27Z'])(
    'triggered at %j is accepted without a time: it is only information',
    async (triggered) => {
      const sent = delivery({ ...X, 'x-shopify-triggered-at': triggered });
      expect((await judge(verifierOf(provider), sent)).event).toMatchObject({ timestamp: undefined });
    },
  );

  it('is the same under the same webhook id, and another under another', async () => {
    const receiver = receiverOf(provider);
    expect(await receiver.receive(delivery(X))).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(delivery(twin))).toMatchObject({ kind: 'duplicate' });
    expect(await receiver.receive(delivery({ ...X, 'x-shopify-webhook-id': 'another' }))).toMatchObject({
      kind: 'accepted',
    });
  });

  it.each([
    ['report', 'accepted'],
    ['reject', 'duplicate'],
  ] as const)('replayed under another webhook id, with replayGuard %s, is %s', async (replayGuard, kind) => {
    const receiver = receiverOf(provider, { replayGuard });
    expect(await receiver.receive(delivery(X))).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(delivery({ ...X, 'x-shopify-webhook-id': 'another' }))).toMatchObject({
      kind,
    });
  });

  it('keeps a number larger than JavaScript has, in its body', async () => {
    const { event } = await judge(verifierOf(provider), delivery(X));
    expect(new TextDecoder().decode(event?.body)).toBe(BODY);
  });
});
