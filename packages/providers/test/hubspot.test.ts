import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type HubspotOptions, hubspot } from '../src/hubspot.ts';
import { judge, mac, NOW, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-client-secret';
const publicUrl = 'https://hooks.example.com/hubspot';
const BODY =
  '[{"eventId":1,"subscriptionType":"contact.creation"},{"eventId":2,"subscriptionType":"deal.deletion"}]';
const TIME = String(NOW);

const v3 = (url = publicUrl, time = TIME, body = BODY) => ({
  'x-hubspot-request-timestamp': time,
  'x-hubspot-signature-v3': mac('sha256', secret, 'base64', 'POST', url, body, time),
});
const plain = (...content: string[]) => ({
  'x-hubspot-signature': createHash('sha256').update(content.join('')).digest('hex'),
});
const v1 = plain(secret, BODY);
const v2 = plain(secret, 'POST', publicUrl, BODY);

const verdict = (
  headers: Record<string, string>,
  options: Partial<HubspotOptions> = {},
  url = '/hubspot',
): Promise<string> =>
  verdictOf(verifierOf(hubspot({ secret, publicUrl, ...options })), request({ url, body: BODY, headers }));

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
const MISSING = 'ERR_WEBHOOK_SIGNATURE_MISSING';

describe('an older signature', () => {
  it.each<[name: string, headers: Record<string, string>, legacy: HubspotOptions['legacy'], verdict: string]>(
    [
      ['v3 alone', v3(), undefined, 'accepted'],
      ['v1 that nobody asked for', v1, undefined, MISSING],
      ['v2 that nobody asked for', v2, undefined, MISSING],
      ['v1 asked for', v1, 'v1', 'accepted'],
      ['v2 asked for', v2, 'v2', 'accepted'],
      ['v2 where v1 was asked for', v2, 'v1', MISMATCH],
      ['v1 where v2 was asked for', v1, 'v2', MISMATCH],
      ['v3 where v1 was asked for', v3(), 'v1', 'accepted'],
      ['v1 beside a wrong v3', { ...v1, ...v3('https://other.example') }, 'v1', MISMATCH],
      [
        'v1 beside an empty v3',
        { ...v1, 'x-hubspot-signature-v3': '' },
        'v1',
        'ERR_WEBHOOK_TIMESTAMP_MISSING',
      ],
      ['a wrong v1 beside v3', { ...plain('x'), ...v3() }, 'v1', 'accepted'],
    ],
  )('%s', async (_, headers, legacy, expected) => {
    const result = await verdict(headers, { legacy });
    if (expected === 'ERR_WEBHOOK_TIMESTAMP_MISSING') expect(result).toMatch(/^ERR_WEBHOOK_/);
    else expect(result).toBe(expected);
  });
});

describe('the address', () => {
  it.each([
    ['%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B', ":/?@!$'()*,;"],
    ['%3a%2f%3f', ':/?'],
    ['a%20b%26c%3Dd%25e%23f%2B', 'a%20b%26c%3Dd%25e%23f%2B'],
    ['%253A', '%253A'],
    ['a+b', 'a+b'],
  ])('sent as %s is signed as %s', async (sent, signed) => {
    expect(await verdict(v3(`${publicUrl}?q=${signed}`), {}, `/hubspot?q=${sent}`)).toBe('accepted');
    expect(await verdict(v3(`${publicUrl}?q=${signed}x`), {}, `/hubspot?q=${sent}`)).toBe(MISMATCH);
  });
});

it('says of a delivery that it is a batch, and of an attempt when it was signed', async () => {
  const verifier = verifierOf(hubspot({ secret, publicUrl }));
  expect(
    (await judge(verifier, request({ url: '/hubspot', body: BODY, headers: v3() }))).event,
  ).toMatchObject({
    id: undefined,
    type: 'batch',
    timestamp: new Date(NOW),
    signed: { timestamp: true },
  });
});
