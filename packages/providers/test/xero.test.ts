import { describe, expect, it, vi } from 'vitest';
import { xero } from '../src/xero.ts';
import { mac, receiverOf, request } from './support/request.ts';

const secret = 'a-webhook-key';
const INTENT = '{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"RMXIQVVFTOZIRJCTSBJF"}';
const EVENTS = '{"events":[{"eventType":"Update","eventCategory":"CONTACT"}],"entropy":"S0m3r4Nd0mt3xt"}';

const sent = (body: string, signature: string | undefined = mac('sha256', secret, 'base64', body)) =>
  request({ headers: signature === '' ? {} : { 'x-xero-signature': signature }, body });

const wrong = mac('sha256', 'guess', 'base64', INTENT);

describe('intent to receive', () => {
  it.each<[name: string, body: string, signature: string | undefined, status: number]>([
    ['with the right signature', INTENT, undefined, 200],
    ['with a wrong one', INTENT, wrong, 401],
    ['with one that is no base64', INTENT, 'not base64!', 401],
    ['with none', INTENT, '', 401],
  ])('%s is answered by its status alone', async (_, body, signature, status) => {
    const handler = vi.fn();
    const receiver = receiverOf(xero({ secret }), { on: { '*': handler } });
    const response = await receiver.handle(sent(body, signature));
    expect(response).toEqual({
      status,
      body: '',
      headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    });
    expect(handler).not.toHaveBeenCalled();
  });

  it('is asked again and answered again', async () => {
    const receiver = receiverOf(xero({ secret }));
    for (let time = 0; time < 2; time++) {
      expect(await receiver.receive(sent(INTENT))).toMatchObject({ kind: 'handshake' });
    }
  });
});

it.each([
  ['accepted', 0],
  ['a duplicate', 1],
])('an event that is %s is answered with an empty 200', async (_, before) => {
  const receiver = receiverOf(xero({ secret }), { on: { '*': () => undefined } });
  for (let time = 0; time < before; time++) await receiver.handle(sent(EVENTS));
  const { status, body, headers } = await receiver.handle(sent(EVENTS));
  expect({ status, body }).toEqual({ status: 200, body: '' });
  expect(headers).not.toHaveProperty('set-cookie');
});
