import { describe, expect, it } from 'vitest';
import { createReceiver, defineProvider, hmac, type OpenEvents, type PublicUrl } from '../src/index.ts';
import { macOf, request, SECRET, thrownBy, verdict } from './support/acme.ts';

const signsUrl = defineProvider<'secret', OpenEvents, { publicUrl?: PublicUrl }>({
  name: 'addressed',
  scheme: hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['url'] }),
});

const signed = (url: string, sentTo: string, headers: Record<string, string> = {}) =>
  request({
    url: sentTo,
    body: '{}',
    headers: { 'x-signature': macOf('sha256', SECRET, url).toString('hex'), ...headers },
  });

describe('publicUrl', () => {
  it.each<[string, PublicUrl, string, string]>([
    [
      'is the address, whatever the path inside',
      'https://example.com/a',
      '/internal',
      'https://example.com/a',
    ],
    [
      'takes the query that was sent',
      'https://example.com/a',
      '/internal?x=%20&y',
      'https://example.com/a?x=%20&y',
    ],
    [
      'takes it in place of its own',
      'https://example.com/a?own=1',
      '/internal?x=1',
      'https://example.com/a?x=1',
    ],
    ['has no fragment', 'https://example.com/a#top', '/internal', 'https://example.com/a'],
    ['keeps a slash at the end', 'https://example.com/a/', '/internal', 'https://example.com/a/'],
    ['keeps its port', 'https://example.com:8443/a', '/internal', 'https://example.com:8443/a'],
    [
      'as an origin takes the path too',
      'https://example.com',
      '/hooks/%61?x=1',
      'https://example.com/hooks/%61?x=1',
    ],
    ['as an origin with a slash', 'https://example.com/', '/hooks', 'https://example.com/hooks'],
    [
      'as an origin, of an absolute address',
      'https://example.com',
      'http://10.0.0.1:3000/hooks?x=1',
      'https://example.com/hooks?x=1',
    ],
    ['as an origin, of the root', 'https://example.com', 'http://10.0.0.1:3000', 'https://example.com/'],
    ['may be without TLS', 'http://example.com/a', '/internal', 'http://example.com/a'],
    ['may be worked out', ({ url }) => `https://example.com${url}!`, '/a?b', 'https://example.com/a?b!'],
  ])('%s', async (_, publicUrl, sentTo, url) => {
    const provider = signsUrl({ secret: SECRET, publicUrl });
    expect(await verdict(provider, signed(url, sentTo))).toBe('resolved');
    expect(await verdict(provider, signed(`${url} `, sentTo))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
  });

  it('is never taken from forwarded headers or the host', async () => {
    const provider = signsUrl({ secret: SECRET, publicUrl: 'https://example.com' });
    const headers = {
      host: 'evil.test',
      'x-forwarded-host': 'evil.test',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.test',
    };
    expect(await verdict(provider, signed('https://example.com/a', 'https://evil.test/a', headers))).toBe(
      'resolved',
    );
    expect(await verdict(provider, signed('https://evil.test/a', 'https://evil.test/a', headers))).toBe(
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    );
  });

  it.each<[string, unknown]>([
    ['absent', undefined],
    ['empty', ''],
    ['a path', '/hooks'],
    ['a host', 'example.com/hooks'],
    ['of another protocol', 'ftp://example.com/hooks'],
    ['without a host', 'https:///hooks'],
    ['a URL object', new URL('https://example.com/hooks')],
  ])('is needed, and refused when it is %s', (_, publicUrl) => {
    const error = thrownBy(() => signsUrl({ secret: SECRET, publicUrl: publicUrl as string }));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({
      code: 'ERR_WEBHOOK_CONFIG_OPTION',
      message: expect.stringMatching(/^addressed signs its URL: give publicUrl/),
    });
  });

  it('that throws is our fault: 500', async () => {
    const provider = signsUrl({
      secret: SECRET,
      publicUrl: () => {
        throw new Error('no such host');
      },
    });
    const receiver = createReceiver(provider, { store: false, logger: false });
    expect((await receiver.handle(signed('a', '/a'))).status).toBe(500);
  });
});
