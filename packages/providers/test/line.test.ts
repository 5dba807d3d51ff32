import { expect, it } from 'vitest';
import { line } from '../src/line.ts';
import { judge, mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-channel-secret';
const provider = line({ secret });

const signed = (body: string) =>
  request({ headers: { 'x-line-signature': mac('sha256', secret, 'base64', body) }, body });

const event = (webhookEventId: unknown, isRedelivery = false) => ({
  type: 'message',
  webhookEventId,
  deliveryContext: { isRedelivery },
});

const batch = (...events: unknown[]): string => JSON.stringify({ destination: 'U0', events });

it('knows a batch that is sent again, though its body says so', async () => {
  const receiver = receiverOf(provider);
  const kindOf = async (body: string) => (await receiver.receive(signed(body))).kind;
  expect(await kindOf(batch(event('01A'), event('01B')))).toBe('accepted');
  expect(await kindOf(batch(event('01A', true), event('01B', true)))).toBe('duplicate');
  expect(await kindOf(batch(event('01B', true)))).toBe('accepted');
  expect(await kindOf(batch(event('01A'), event('01B'), event('01C')))).toBe('accepted');
});

it.each<[name: string, body: string, id: string | undefined]>([
  ['two events', batch(event('01A'), event('01B')), '01A 01B'],
  ['an event without one', batch(event('01A'), event(undefined)), undefined],
  ['an id that is no text', batch(event(1)), undefined],
  ['what is no event', batch(null), undefined],
  ['no list', '{"events":{}}', undefined],
  ['nothing', 'null', undefined],
])('%s have the id that they make together', async (_, body, id) => {
  const { event: got } = await judge(verifierOf(provider), signed(body));
  expect(got).toMatchObject({ id, type: '', signed: { id: true } });
});

it("answers the console's check, and hands it to nobody", async () => {
  const handled: unknown[] = [];
  const receiver = receiverOf(provider, { on: { '*': (each) => handled.push(each) } });
  expect(await receiver.handle(signed(batch()))).toMatchObject({ status: 200, body: '' });
  expect(await verdictOf(verifierOf(provider), signed(batch()))).toBe('ERR_WEBHOOK_HANDSHAKE');
  expect(await receiver.handle(request({ body: batch() }))).toMatchObject({ status: 401 });
  expect(handled).toEqual([]);
});
