import { describe, expect, it } from 'vitest';
import { box } from '../src/box.ts';
import { judge, mac, NOW, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const [primary, secondary] = ['a-primary-key', 'a-secondary-key'];
const provider = box({ secret: [primary, secondary] });

const TIME = new Date(NOW).toISOString();
const BODY = '{"type":"webhook_event","id":"e1","trigger":"FILE.UPLOADED","source":{"name":"a/ü😀.txt"}}';
const ESCAPED =
  '{"type":"webhook_event","id":"e1","trigger":"FILE.UPLOADED","source":{"name":"a\\/\\u00fc\\ud83d\\ude00.txt"}}';

const sign = (key: string, body = BODY, at = TIME): string => mac('sha256', key, 'base64', body, at);

const delivery = (headers: Record<string, string>, body: string | Uint8Array = BODY) =>
  request({
    headers: {
      'box-signature-version': '1',
      'box-signature-algorithm': 'HmacSHA256',
      'box-delivery-timestamp': TIME,
      ...headers,
    },
    body,
  });

describe('two keys', () => {
  it.each<[name: string, headers: Record<string, string>, verdict: string]>([
    [
      'both',
      { 'box-signature-primary': sign(primary), 'box-signature-secondary': sign(secondary) },
      'accepted',
    ],
    ['the primary one', { 'box-signature-primary': sign(primary) }, 'accepted'],
    ['the secondary one', { 'box-signature-secondary': sign(secondary) }, 'accepted'],
    [
      'the primary one, while the secondary is changed',
      { 'box-signature-primary': sign(primary), 'box-signature-secondary': sign('new') },
      'accepted',
    ],
    [
      'neither',
      { 'box-signature-primary': sign('new'), 'box-signature-secondary': sign('newer') },
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ],
    ['none', {}, 'ERR_WEBHOOK_SIGNATURE_MISSING'],
  ])('%s', async (_, headers, verdict) => {
    expect(await verdictOf(verifierOf(provider), delivery(headers))).toBe(verdict);
  });
});

describe('the spelling that is signed', () => {
  it.each<[name: string, sent: string, signed: string]>([
    ['as sent', BODY, BODY],
    ['escaped', BODY, ESCAPED],
    ['escaped, and sent so', ESCAPED, ESCAPED],
  ])('%s', async (_, sent, signed) => {
    const { event } = await judge(
      verifierOf(provider),
      delivery({ 'box-signature-primary': sign(primary, signed) }, sent),
    );
    expect(event?.payload).toEqual(JSON.parse(BODY));
  });

  it('makes no new delivery of an old one', async () => {
    const receiver = receiverOf(provider);
    const [bare, bareEscaped] = [BODY, ESCAPED].map((body) => body.replace('"id":"e1",', '')) as [
      string,
      string,
    ];
    const headers = { 'box-signature-primary': sign(primary, bareEscaped) };
    expect(await receiver.receive(delivery(headers, bare))).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(delivery(headers, bareEscaped))).toMatchObject({ kind: 'duplicate' });
  });

  it('is that of the bytes where they are no text', async () => {
    const bytes = new Uint8Array([0x7b, 0xff, 0x7d]);
    const signature = mac('sha256', primary, 'base64', bytes, TIME);
    const sent = delivery({ 'box-signature-primary': signature }, bytes);
    expect(await verdictOf(verifierOf(provider), sent)).toBe('ERR_WEBHOOK_PAYLOAD_INVALID');
    const replaced = mac('sha256', primary, 'base64', '{\\ufffd}', TIME);
    expect(
      await verdictOf(verifierOf(provider), delivery({ 'box-signature-primary': replaced }, bytes)),
    ).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
  });
});

describe('what is pinned', () => {
  it.each<[name: string, headers: Record<string, string>]>([
    ['another version', { 'box-signature-version': '2' }],
    ['an empty version', { 'box-signature-version': '' }],
    ['another algorithm', { 'box-signature-algorithm': 'HmacSHA1' }],
    ['an algorithm in other letters', { 'box-signature-algorithm': 'hmacsha256' }],
  ])('%s', async (_, headers) => {
    const sent = delivery({ 'box-signature-primary': sign(primary), ...headers });
    expect(await verdictOf(verifierOf(provider), sent)).toBe('ERR_WEBHOOK_SIGNATURE_MALFORMED');
  });
});

it.each<[at: number, verdict: string]>([
  [NOW, 'accepted'],
  [NOW - 600_000, 'accepted'],
  [NOW - 600_001, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
  [NOW + 1, 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
])('a delivery of %i', async (ms, verdict) => {
  const at = new Date(ms).toISOString();
  const sent = delivery({ 'box-delivery-timestamp': at, 'box-signature-primary': sign(primary, BODY, at) });
  expect(await verdictOf(verifierOf(provider), sent)).toBe(verdict);
});
