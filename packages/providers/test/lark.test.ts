import { createCipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { lark } from '../src/lark.ts';
import { judge, receiverOf, request, SECONDS, verdictOf, verifierOf } from './support/request.ts';

const secret = 'an encrypt key';
const provider = lark({ secret });
const EVENT = '{"schema":"2.0","header":{"event_id":"e1","event_type":"im.message.receive_v1"},"event":{}}';
const CHECK = '{"type":"url_verification","token":"t","challenge":"1b6aef1a-401f"}';

function encrypted(text: string, key = secret): string {
  const cipher = createCipheriv(
    'aes-256-cbc',
    createHash('sha256').update(key).digest(),
    Buffer.alloc(16, 7),
  );
  const bytes = Buffer.concat([Buffer.alloc(16, 7), cipher.update(text), cipher.final()]);
  return JSON.stringify({ encrypt: bytes.toString('base64') });
}

const signed = (body: string, key = secret) =>
  request({
    body,
    headers: {
      'x-lark-request-timestamp': `${SECONDS}`,
      'x-lark-request-nonce': 'n1',
      'x-lark-signature': createHash('sha256').update(`${SECONDS}n1${key}${body}`).digest('hex'),
    },
  });

describe('the check of an address', () => {
  const receiver = receiverOf(lark({ secret: ['another', secret] }));

  it('is decrypted and answered, and is no event', async () => {
    const sent = () => request({ body: encrypted(CHECK) });
    expect(await receiver.receive(sent())).toMatchObject({
      kind: 'handshake',
      handshake: 'url_verification',
    });
    expect(await receiver.handle(sent())).toMatchObject({
      status: 200,
      body: '{"challenge":"1b6aef1a-401f"}',
      headers: {
        'content-type': 'application/json',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    });
  });

  it('is no event either where it comes signed', async () => {
    expect(await receiver.receive(signed(encrypted(CHECK)))).toMatchObject({ kind: 'handshake' });
    expect(await receiver.handle(signed(encrypted(CHECK), 'other'))).toMatchObject({ status: 401 });
  });

  it('is found under the key of a resolver', async () => {
    const resolved = receiverOf(lark({ secret: async () => secret }));
    expect(await resolved.receive(request({ body: encrypted(CHECK) }))).toMatchObject({ kind: 'handshake' });
  });

  it.each<[name: string, body: string, status: number]>([
    ['in clear', CHECK, 401],
    ['under another key', encrypted(CHECK, 'other'), 401],
    ['an event', encrypted(EVENT), 401],
    ['another type', encrypted(CHECK.replace('url_verification', 'event_callback')), 401],
    ['without a challenge', encrypted('{"type":"url_verification"}'), 401],
    ['too long a challenge', encrypted(CHECK.replace('1b6', 'x'.repeat(1025))), 403],
    ['too long a body', encrypted(CHECK.replace('"t"', `"${'x'.repeat(4096)}"`)), 401],
    ['ciphertext cut short', '{"encrypt":"AAAA"}', 401],
    ['no base64', '{"encrypt":"!"}', 401],
    ['no JSON', 'x', 401],
    ['null', 'null', 401],
  ])('is not %s', async (_, body, status) => {
    expect(await receiver.handle(request({ body }))).toMatchObject({ status });
  });
});

describe('an event', () => {
  it('is decrypted once its signature held', async () => {
    expect((await judge(verifierOf(provider), signed(encrypted(EVENT)))).event).toMatchObject({
      id: 'e1',
      type: 'im.message.receive_v1',
      payload: JSON.parse(EVENT),
      signed: { id: true, type: true, timestamp: true },
    });
  });

  it('may be of version 1', async () => {
    const body = encrypted('{"uuid":"u1","token":"t","type":"event_callback","event":{"type":"message"}}');
    expect((await judge(verifierOf(provider), signed(body))).event).toMatchObject({
      id: 'u1',
      type: 'message',
    });
  });

  it.each<[name: string, sent: ReturnType<typeof signed>, verdict: string]>([
    ['signed with another key', signed(encrypted(EVENT), 'other'), 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
    ['that cannot be decrypted', signed('{"encrypt":"AAAA"}'), 'ERR_WEBHOOK_PAYLOAD_INVALID'],
    ['that is no JSON', signed('x'), 'ERR_WEBHOOK_PAYLOAD_INVALID'],
    ['encrypted, and not signed', request({ body: encrypted(EVENT) }), 'ERR_WEBHOOK_SIGNATURE_MISSING'],
  ])('%s', async (_, sent, verdict) => {
    expect(await verdictOf(verifierOf(provider), sent)).toBe(verdict);
  });
});
