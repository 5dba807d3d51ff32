import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { getstream } from '../src/getstream.ts';
import { judge, mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'an-api-secret';
const BODY = '{"type":"message.new","message":{"text":"Grüße"}}';
const signature = { 'x-signature': mac('sha256', secret, 'hex', BODY), 'x-webhook-id': 'w1' };
const GZIP = { 'content-encoding': 'gzip' };
const zipped = (text: string): Uint8Array => new Uint8Array(gzipSync(text));

const verifier = verifierOf(getstream({ secret }));

describe('a compressed delivery', () => {
  it('is verified as it was before', async () => {
    const delivery = request({ headers: { ...signature, ...GZIP }, body: zipped(BODY) });
    const { event } = await judge(verifier, delivery);
    expect(event).toMatchObject({ id: 'w1', type: 'message.new', payload: JSON.parse(BODY) });
    expect(event?.body).toEqual(new TextEncoder().encode(BODY));
  });

  it('is the same event as it would be otherwise', async () => {
    const receiver = receiverOf(getstream({ secret }));
    const plain = request({ headers: signature, body: BODY });
    const compressed = request({ headers: { ...signature, ...GZIP }, body: zipped(BODY) });
    expect(await receiver.receive(plain)).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(compressed)).toMatchObject({ kind: 'duplicate' });
  });

  const compressed = mac('sha256', secret, 'hex', zipped(BODY));
  const big = `"${'a'.repeat(2 * 1024 * 1024)}"`;
  it.each<[name: string, headers: Record<string, string>, body: Uint8Array, verdict: string]>([
    [
      'signed as it came',
      { 'x-signature': compressed, ...GZIP },
      zipped(BODY),
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ],
    ['that says nothing of it', signature, zipped(BODY), 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
    ['that is none', { ...signature, ...GZIP }, new TextEncoder().encode(BODY), 'ERR_WEBHOOK_BODY_ENCODING'],
    ['under br', { ...signature, 'content-encoding': 'br' }, zipped(BODY), 'ERR_WEBHOOK_BODY_ENCODING'],
    [
      'that grows beyond the limit',
      { 'x-signature': mac('sha256', secret, 'hex', big), ...GZIP },
      zipped(big),
      'ERR_WEBHOOK_BODY_TOO_LARGE',
    ],
  ])('%s is refused', async (_, headers, body, verdict) => {
    expect(await verdictOf(verifier, request({ headers, body }))).toBe(verdict);
  });
});
