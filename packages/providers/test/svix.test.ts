import { describe, expect, it } from 'vitest';
import { svix } from '../src/svix.ts';
import { judge, mac, receiverOf, request, SECONDS, verdictOf, verifierOf } from './support/request.ts';

const KEY = Buffer.from('31c29cf6bf0618aab4f1a8c24b1c35a8', 'hex');
const provider = svix({ secret: `whsec_${KEY.toString('base64')}` });
const BODY = '{"type":"user.created"}';

const sign = (id: string, body = BODY): string =>
  `v1,${mac('sha256', KEY, 'base64', `${id}.${SECONDS}.${body}`)}`;

const under = (brand: string, signature = sign('msg_1'), id = 'msg_1'): Record<string, string> => ({
  [`${brand}-id`]: id,
  [`${brand}-timestamp`]: String(SECONDS),
  [`${brand}-signature`]: signature,
});

const WRONG = `v1,${Buffer.alloc(32, 7).toString('base64')}`;

describe('header names', () => {
  it.each<[name: string, headers: Record<string, string>, verdict: string]>([
    ['svix-*', under('svix'), 'accepted'],
    ['webhook-*', under('webhook'), 'accepted'],
    ['both', { ...under('svix'), ...under('webhook') }, 'accepted'],
    ['svix-* right, webhook-* wrong', { ...under('svix'), ...under('webhook', WRONG) }, 'accepted'],
    [
      'svix-* wrong, webhook-* right: not rescued',
      { ...under('svix', WRONG), ...under('webhook') },
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ],
    [
      'svix-* empty, webhook-* right: not rescued',
      { ...under('svix', ''), ...under('webhook') },
      'ERR_WEBHOOK_SIGNATURE_MALFORMED',
    ],
    ['a third brand', under('acme'), 'ERR_WEBHOOK_SIGNATURE_MISSING'],
  ])('%s', async (_, headers, verdict) => {
    expect(await verdictOf(verifierOf(provider), request({ headers, body: BODY }))).toBe(verdict);
  });

  it('dedups by the id that was signed, whatever stands beside it', async () => {
    const receiver = receiverOf(provider);
    const first = { ...under('webhook'), 'svix-other': '1' };
    expect(await receiver.receive(request({ headers: first, body: BODY }))).toMatchObject({
      kind: 'accepted',
    });
    const again = under('svix');
    expect(await receiver.receive(request({ headers: again, body: BODY }))).toMatchObject({
      kind: 'duplicate',
    });
    const smuggled = { ...under('svix'), 'webhook-id': 'msg_2' };
    expect(await receiver.receive(request({ headers: smuggled, body: BODY }))).toMatchObject({
      kind: 'duplicate',
    });
  });
});

it.each([
  ['{"type":"user.created"}', 'user.created'],
  ['{"event_type":"ping"}', 'ping'],
  ['{"type":"user.created","event_type":"ping"}', 'user.created'],
  ['{}', ''],
])('%s is of the type "%s"', async (body, type) => {
  const sent = request({ headers: under('svix', sign('msg_1', body)), body });
  expect((await judge(verifierOf(provider), sent)).event).toMatchObject({
    type,
    signed: { id: true, timestamp: true },
  });
});
