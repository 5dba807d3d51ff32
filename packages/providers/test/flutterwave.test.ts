import { describe, expect, it } from 'vitest';
import { flutterwave } from '../src/flutterwave.ts';
import { judge, mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-secret-hash';
const BODY = '{"event":"charge.completed","data":{"id":1}}';
const v4 = { 'flutterwave-signature': mac('sha256', secret, 'base64', BODY) };
const v3 = { 'verif-hash': secret };
const wrong = { 'flutterwave-signature': mac('sha256', 'other', 'base64', BODY) };

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

describe.each<[name: string, headers: Record<string, string>, verdict: string]>([
  ['v4', v4, 'accepted'],
  ['v3', v3, 'accepted'],
  ['both', { ...v4, ...v3 }, 'accepted'],
  ['v4 beside a wrong v3', { ...v4, 'verif-hash': 'x' }, 'accepted'],
  ['a wrong v4 beside v3', { ...wrong, ...v3 }, MISMATCH],
  ['an unreadable v4 beside v3', { 'flutterwave-signature': '!', ...v3 }, 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
  ['an empty v4 beside v3', { 'flutterwave-signature': '', ...v3 }, 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
  ['a wrong v3', { 'verif-hash': 'x' }, MISMATCH],
])('%s', (_, headers, verdict) => {
  it.each<[name: string, given: Parameters<typeof flutterwave>[0]['secret']]>([
    ['one secret', secret],
    ['the old one of two', ['another', secret]],
    ['a resolver', async () => secret],
  ])(`under %s: ${verdict}`, async (__, given) => {
    const verifier = verifierOf(flutterwave({ secret: given }));
    expect(await verdictOf(verifier, request({ body: BODY, headers }))).toBe(verdict);
  });
});

it('says what the signature covers: v3 covers nothing', async () => {
  const verifier = verifierOf(flutterwave({ secret: ['another', { id: 'mine', value: secret }] }));
  const events = [v4, v3].map(
    async (headers) => (await judge(verifier, request({ body: BODY, headers }))).event,
  );
  expect(await Promise.all(events)).toMatchObject([
    { secretId: 'mine', signed: { id: true, type: true } },
    { secretId: 'mine', signed: { id: false, type: false } },
  ]);
});

it('forgets a secret past its time, under both schemes', async () => {
  const receiver = receiverOf(flutterwave({ secret: [{ id: 'old', value: secret, notAfter: 1 }, 'new'] }));
  for (const headers of [v4, v3]) {
    expect(await receiver.handle(request({ body: BODY, headers }))).toMatchObject({ status: 401 });
  }
});
