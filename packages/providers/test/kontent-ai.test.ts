import { describe, expect, it } from 'vitest';
import { kontentAi } from '../src/kontent-ai.ts';
import { judge, mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'aGVsbG8gd29ybGQ=';
const CRLF = '{\r\n  "a": "caf\u00e9"\r\n}';
const sign = (text: string, key = secret) => mac('sha256', key, 'base64', text);
const sent = (body: string | Uint8Array, signature: string) =>
  request({ headers: { 'x-kontent-ai-signature': signature }, body });

const verifier = verifierOf(kontentAi({ secret }));
const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

describe('signed with CRLF between its lines, a body', () => {
  it.each<[name: string, body: string, verdict: string]>([
    ['that comes so', CRLF, 'accepted'],
    ['that comes with LF', CRLF.replaceAll('\r\n', '\n'), 'accepted'],
    ['that comes with CR', CRLF.replaceAll('\r\n', '\r'), 'accepted'],
    ['whose lines stand apart', CRLF.replaceAll('\r\n', '\n\n\r\n'), 'accepted'],
    ['whose lines are one', CRLF.replaceAll('\r\n', ''), MISMATCH],
    ['with a line break more', `${CRLF}\n`, MISMATCH],
    ['with a space in place of one', CRLF.replace('\r\n', ' '), MISMATCH],
  ])('%s', async (_, body, verdict) => {
    expect(await verdictOf(verifier, sent(body, sign(CRLF)))).toBe(verdict);
  });

  it('keeps the bytes it came in', async () => {
    const { event } = await judge(verifier, sent(CRLF.replaceAll('\r\n', '\n'), sign(CRLF)));
    expect(new TextDecoder().decode(event?.body)).toBe('{\n  "a": "caf\u00e9"\n}');
  });

  it('is one delivery, however its lines are broken', async () => {
    const receiver = receiverOf(kontentAi({ secret }));
    expect(await receiver.receive(sent(CRLF, sign(CRLF)))).toMatchObject({ kind: 'accepted' });
    const respelt = sent(CRLF.replaceAll('\r\n', '\n'), sign(CRLF));
    expect(await receiver.receive(respelt)).toMatchObject({ kind: 'duplicate' });
  });

  it('may hold bytes that are not UTF-8', async () => {
    const bytes = new Uint8Array([0x22, 0xff, 0x0a, 0x22]);
    const signature = mac('sha256', secret, 'base64', new Uint8Array([0x22, 0xff, 0x0d, 0x0a, 0x22]));
    expect(await verdictOf(verifier, sent(bytes, signature))).not.toBe(MISMATCH);
    const replaced = mac('sha256', secret, 'base64', '"\ufffd\r\n"');
    expect(await verdictOf(verifier, sent(bytes, replaced))).toBe(MISMATCH);
  });
});

it('takes what is signed as it came, too', async () => {
  const body = '{\n"a":1\n}';
  expect(await verdictOf(verifier, sent(body, sign(body)))).toBe('accepted');
});

it('does not decode its secret, which looks like base64', async () => {
  const decoded = mac('sha256', Buffer.from(secret, 'base64'), 'base64', CRLF);
  expect(await verdictOf(verifier, sent(CRLF, decoded))).toBe(MISMATCH);
});
