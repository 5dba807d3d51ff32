import { describe, expect, it } from 'vitest';
import { type ContentfulOptions, contentful } from '../src/contentful.ts';
import { configurationError, judge, mac, NOW, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a1b2c3d4'.repeat(8);
const TIME = String(NOW);
const BODY = '{"sys":{"id":"e1"}}';
const TOPIC = 'ContentManagement.Entry.publish';
const LIST = 'x-contentful-signed-headers';
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';
const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

interface Signed {
  readonly path?: string;
  readonly names?: readonly string[];
  readonly headers?: Record<string, string>;
}

/** Signed by the fact sheet: method, path, `name:value` joined by `;`, body, a line each. */
function headersOf({ path = '/hook', names = [], headers = {} }: Signed): Record<string, string> {
  const all: Record<string, string> = { ...headers, 'x-contentful-timestamp': TIME };
  const list = [...names, LIST, 'x-contentful-timestamp'].sort();
  all[LIST] = list.join(',');
  const lines = list.map((name) => `${name}:${(all[name] ?? '').trim()}`).join(';');
  const signature = mac('sha256', secret, 'hex', `POST\n${path}\n${lines}\n${BODY}`);
  return { ...all, 'x-contentful-signature': signature };
}

const post = (headers: Record<string, string>, url = '/hook') => request({ url, body: BODY, headers });
const verifier = (options: ContentfulOptions = {}) => verifierOf(contentful({ secret, ...options }));

describe('the path', () => {
  it.each([
    ['/hook', '/hook'],
    ['/hook?', '/hook'],
    ['/hook?a=1&b=2', '/hook?a%253D1%2526b%253D2'],
    ['/hook?a=%20', '/hook?a%253D%252520'],
    ['/ho%20ok', '/ho%2520ok'],
    ['/hook?a=1?b', '/hook?a%253D1%253Fb'],
    ['https://example.com?x', '/?x'],
    ['https://example.com/hook#fragment', '/hook'],
  ])('of %s is signed as %s', async (url, path) => {
    expect(await verdictOf(verifier(), post(headersOf({ path }), url))).toBe('accepted');
    expect(await verdictOf(verifier(), post(headersOf({ path: `${path}x` }), url))).toBe(MISMATCH);
  });

  it('is that of the public address, where there is one', async () => {
    const sent = post(headersOf({ path: '/public/hook?a%253D1' }), '/internal?a=1');
    expect(await verdictOf(verifier({ publicUrl: 'https://example.com/public/hook' }), sent)).toBe(
      'accepted',
    );
    expect(await verdictOf(verifier(), sent)).toBe(MISMATCH);
  });
});

describe('the signed headers', () => {
  const topic = { 'x-contentful-topic': TOPIC };
  const good = headersOf({ names: ['x-contentful-topic'], headers: topic });

  it('tell the topic and the id, and say so', async () => {
    const id = { 'x-contentful-idempotency-key': 'k1' };
    const both = headersOf({
      names: [...Object.keys(topic), ...Object.keys(id)],
      headers: { ...topic, ...id },
    });
    const rows: [headers: Record<string, string>, signed: boolean][] = [
      [both, true],
      [headersOf({ headers: { ...topic, ...id } }), false],
    ];
    for (const [headers, signed] of rows) {
      expect((await judge(verifier(), post(headers))).event).toMatchObject({
        id: 'k1',
        type: TOPIC,
        signed: { id: signed, type: signed, timestamp: true },
      });
    }
  });

  it.each<[name: string, change: Record<string, string>, verdict: string]>([
    ['as they are', {}, 'accepted'],
    ['one of them changed', { 'x-contentful-topic': 'other' }, MISMATCH],
    ['without the list', { [LIST]: '' }, MALFORMED],
    ['without the time on the list', { [LIST]: `${LIST},x-contentful-topic` }, MALFORMED],
    ['without itself on the list', { [LIST]: 'x-contentful-timestamp,x-contentful-topic' }, MALFORMED],
    ['one of them twice', { [LIST]: `${good[LIST]},x-contentful-topic` }, MALFORMED],
    ['with one that is missing', { [LIST]: `x-a,${good[LIST]}` }, MALFORMED],
    ['with one that is no name', { [LIST]: `${good[LIST]},x y` }, MALFORMED],
    ['in another order', { [LIST]: good[LIST]?.split(',').reverse().join(',') ?? '' }, MISMATCH],
  ])('%s', async (_, change, verdict) => {
    expect(await verdictOf(verifier(), post({ ...good, ...change }))).toBe(verdict);
  });
});

it('signs up to 64 headers', async () => {
  const own = (count: number) => Array.from({ length: count }, (_, at) => `x-own-${at}`);
  const many = (count: number) =>
    post(
      headersOf({ names: own(count), headers: Object.fromEntries(own(count).map((name) => [name, 'v'])) }),
    );
  expect(await verdictOf(verifier(), many(62))).toBe('accepted');
  expect(await verdictOf(verifier(), many(63))).toBe(MALFORMED);
});

it.each([secret.slice(1), `${secret}a`])('refuses the secret %s', (wrong) => {
  expect(configurationError(() => contentful({ secret: wrong }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
});
