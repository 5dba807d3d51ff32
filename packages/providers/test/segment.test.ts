import { expect, it } from 'vitest';
import { segment } from '../src/segment.ts';
import { judge, mac, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-shared-secret';
const EVENT = '{"messageId":"m1","type":"track"}';
const sign = (text: string) => mac('sha1', secret, 'hex', text);
const sent = (body: string, signature: string) => request({ headers: { 'x-signature': signature }, body });

const verifier = verifierOf(segment({ secret }));

it('takes an event', async () => {
  const { event } = await judge(verifier, sent(EVENT, sign(EVENT)));
  expect(event).toMatchObject({ id: 'm1', type: 'track', signed: { id: true, type: true } });
});

it.each([
  ['of which Segment signs the first event', `[${EVENT},{"messageId":"forged","type":"track"}]`],
  ['of one event', `[${EVENT}]`],
  ['with the first event written otherwise', `[ ${EVENT.replace(':', ': ')} ]`],
])('takes no batch %s: the rest is anybody’s', async (_, body) => {
  expect(await verdictOf(verifier, sent(body, sign(EVENT)))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
});
