import { expect, it } from 'vitest';
import { dropboxSign } from '../src/dropbox-sign.ts';
import { judge, mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'an-api-key';
const provider = dropboxSign({ secret });

function callback(signed = '1348177752account_confirmed', over: Record<string, unknown> = {}) {
  const event = {
    event_time: '1348177752',
    event_type: 'account_confirmed',
    event_hash: mac('sha256', secret, 'hex', signed),
  };
  const body = `--boundary-1\r\nContent-Disposition: form-data; name="json"\r\n\r\n${JSON.stringify({ event, ...over })}\r\n--boundary-1--\r\n`;
  return request({ body, headers: { 'content-type': 'multipart/form-data; boundary=boundary-1' } });
}

it('is answered by the text that makes Dropbox Sign content', async () => {
  const receiver = receiverOf(provider);
  for (const _ of [1, 2]) {
    const response = await receiver.handle(callback());
    expect(response).toMatchObject({ status: 200, body: 'Hello API Event Received' });
    expect(response.headers['content-type']).toBe('text/plain; charset=utf-8');
  }
});

it('has its type signed, and nothing else', async () => {
  const { event } = await judge(
    verifierOf(provider),
    callback(undefined, { account_guid: 'changed on the way' }),
  );
  expect(event).toMatchObject({
    type: 'account_confirmed',
    signed: { id: false, type: true, timestamp: false },
  });
});

it.each(['account_confirmed1348177752', '1348177752', '1348177752account_confirme'])(
  'is not signed as %s',
  async (signed) => {
    expect(await verdictOf(verifierOf(provider), callback(signed))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
  },
);

it.each([
  ['134817775', '2account_confirmed'],
  ['1348177752account_', 'confirmed'],
  ['', '1348177752account_confirmed'],
  ['1348177752account_confirmed', ''],
  [undefined, '1348177752account_confirmed'],
])('may not be signed as one time and type and say another: %j, %j', async (event_time, event_type) => {
  const event_hash = mac('sha256', secret, 'hex', '1348177752account_confirmed');
  const recut = callback(undefined, { event: { event_time, event_type, event_hash } });
  expect(await verdictOf(verifierOf(provider), recut)).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
});
