import { describe, expect, it } from 'vitest';
import { mandrill } from '../src/mandrill.ts';
import { judge, mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-webhook-key';
const publicUrl = 'https://user:pass@hooks.example.com/mandrill';
const provider = mandrill({ secret, publicUrl });
const EMPTY = 'mandrill_events=%5B%5D';

const post = (body: string, fields: string, key = secret, url = publicUrl) =>
  request({ body, headers: { 'x-mandrill-signature': mac('sha1', key, 'base64', url, fields) } });

describe('the check of an address', () => {
  const receiver = receiverOf(provider);

  it('is answered on HEAD, and is no event', async () => {
    expect(await receiver.receive(request({ method: 'HEAD' }))).toMatchObject({ kind: 'handshake' });
    expect(await receiver.handle(request({ method: 'HEAD' }))).toMatchObject({ status: 200, body: '' });
  });

  it('is answered for an empty batch under the key that everybody knows, and is no event', async () => {
    const sent = () => post(EMPTY, 'mandrill_events[]', 'test-webhook');
    expect(await receiver.receive(sent())).toMatchObject({
      kind: 'handshake',
      handshake: 'empty test batch',
    });
    expect(await receiver.handle(sent())).toMatchObject({ status: 200, body: '' });
  });

  it.each<[name: string, sent: ReturnType<typeof post>]>([
    ['a batch of one', post('mandrill_events=%5B%7B%7D%5D', 'mandrill_events[{}]', 'test-webhook')],
    ['an empty batch under another key', post(EMPTY, 'mandrill_events[]', 'other')],
    [
      'an empty batch for another address',
      post(EMPTY, 'mandrill_events[]', 'test-webhook', 'https://other.example/'),
    ],
    ['an empty batch without a signature', request({ body: EMPTY })],
    [
      'events hidden before an empty batch',
      post(
        `mandrill_events=%5B%7B%7D%5D&${EMPTY}&a=${'x'.repeat(64)}`,
        `a${'x'.repeat(64)}mandrill_events[]`,
        'test-webhook',
      ),
    ],
    ['nothing', post('', '', 'test-webhook')],
  ])('is not %s', async (_, sent) => {
    expect(await receiver.handle(sent)).toMatchObject({ status: 401 });
  });

  it('is nothing that the key of the webhook signs', async () => {
    expect(await receiver.receive(post(EMPTY, 'mandrill_events[]'))).toMatchObject({ kind: 'accepted' });
  });
});

describe('a delivery', () => {
  const verifier = verifierOf(provider);
  const json = (text: string) => encodeURIComponent(text);

  it('is signed by its sorted fields, the last value of each', async () => {
    const body = `z=1&mandrill_events=${json('[{"a":1}]')}&mandrill_events=${json('[{"b":2}]')}&a=2`;
    const { event } = await judge(verifier, post(body, 'a2mandrill_events[{"b":2}]z1'));
    expect(event).toMatchObject({ type: 'batch', payload: [{ b: 2 }] });
    expect(await verdictOf(verifier, post(body, 'a2mandrill_events[{"a":1}]z1'))).toBe(
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    );
  });

  it('is a form, whatever it looks like', async () => {
    expect(await verdictOf(verifier, post('[{"a":1}]', '[{"a":1}]'))).toBe('ERR_WEBHOOK_PAYLOAD_INVALID');
  });
});
