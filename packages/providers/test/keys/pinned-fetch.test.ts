import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { isWebhookError } from '@countersign/core';
import { createRemoteJWKSet, customFetch } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FetchRules, pinnedFetch } from '../../src/keys/pinned-fetch.ts';
import { type HttpsServer, serveHttps } from '../support/https-server.ts';
import { selfSigned } from '../support/self-signed.ts';

const HOST = 'keys.vendor.test';
const url = (path: string, host = HOST): string => `https://${host}/keys/${path}`;

const LIMIT = 1000;
/** Tests that wait for this are told by it from those that answer. */
const TIMEOUT = 400;

const endless = (response: ServerResponse): void => {
  const more = (): void => {
    while (!response.destroyed && response.write('a'.repeat(500)));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
};

let seen: IncomingMessage['headers'] = {};

/** What each path does wrong. */
const habits: Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>> = {
  good(response, request) {
    seen = request.headers;
    response.end('the key');
  },
  exact: (response) => response.end('a'.repeat(LIMIT)),
  redirect: (response) => response.writeHead(302, { location: url('good') }).end(),
  permanent: (response) => response.writeHead(308, { location: 'https://elsewhere.test/keys/good' }).end(),
  'slow-headers': () => {},
  'slow-body'(response) {
    response.write('a');
    const drip = setInterval(() => response.write('a'), 50);
    response.once('close', () => clearInterval(drip));
  },
  'one-more-unannounced'(response) {
    response.write('a'.repeat(LIMIT));
    response.end('a');
  },
  'one-more': (response) => response.end('a'.repeat(LIMIT + 1)),
  huge: endless,
  announced(response) {
    response.writeHead(200, { 'content-length': 10_000_000 });
    response.write('a');
  },
  short(response) {
    response.writeHead(200, { 'content-length': 100 });
    response.write('a');
    setTimeout(() => response.destroy(), 20);
  },
  aborted: (response) => response.destroy(),
  500: (response) => response.writeHead(500).end('the key'),
  404: (response) => response.writeHead(404).end('the key'),
  204: (response) => response.writeHead(204).end(),
  jwks: (response) =>
    response.setHeader('content-type', 'application/json').end(
      JSON.stringify({
        keys: [
          {
            kty: 'OKP',
            crv: 'Ed25519',
            alg: 'EdDSA',
            kid: 'k',
            x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
          },
        ],
      }),
    ),
};

let server: HttpsServer;

beforeAll(async () => {
  server = await serveHttps(selfSigned({ hosts: [HOST, 'elsewhere.test'] }), (request, response) => {
    habits[request.url?.slice('/keys/'.length) ?? '']?.(response, request);
  });
});
afterAll(() => server.close());

beforeEach(() => {
  seen = {};
});

const rules = (more: Partial<FetchRules> = {}): FetchRules => ({
  hosts: [HOST, 'mute.vendor.test'],
  path: /^\/keys\/[\w-]+$/,
  fetch: server.fetch,
  limit: LIMIT,
  timeout: TIMEOUT,
  ...more,
});

async function outcomeOf(address: string, more: Partial<FetchRules> = {}): Promise<string> {
  try {
    const response = await pinnedFetch(rules(more))(address);
    return `${response.status} ${(await response.text()).length}`;
  } catch (error) {
    return isWebhookError(error) ? error.code : String(error);
  }
}

const UNAVAILABLE = 'ERR_WEBHOOK_KEY_UNAVAILABLE';
const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

describe('a server', () => {
  it.each([
    ['that answers', 'good', '200 7'],
    ['with as much as may be', 'exact', '200 1000'],
    ['with a byte more', 'one-more', UNAVAILABLE],
    ['with a byte more, unannounced', 'one-more-unannounced', UNAVAILABLE],
    ['that never ends', 'huge', UNAVAILABLE],
    ['that announces more than it sends', 'announced', UNAVAILABLE],
    ['that breaks off', 'short', UNAVAILABLE],
    ['that hangs up', 'aborted', UNAVAILABLE],
    ['that does not answer', 'slow-headers', UNAVAILABLE],
    ['that answers a byte at a time', 'slow-body', UNAVAILABLE],
    ['that fails', '500', UNAVAILABLE],
    ['that has nothing there', '404', UNAVAILABLE],
    ['with nothing to say', '204', UNAVAILABLE],
  ])('%s', async (_, path, outcome) => {
    expect(await outcomeOf(url(path))).toBe(outcome);
  });

  it.each(['redirect', 'permanent'])('is not followed elsewhere (%s)', async (path) => {
    const before = server.requests.length;
    expect(await outcomeOf(url(path))).toBe(UNAVAILABLE);
    expect(server.requests.slice(before)).toEqual([`${HOST} /keys/${path}`]);
  });

  it('has to have a certificate for its name', async () => {
    const before = server.requests.length;
    expect(await outcomeOf(url('good', 'mute.vendor.test'))).toBe(UNAVAILABLE);
    expect(server.requests).toHaveLength(before);
  });

  it('gets the headers of the rules, also those that have to be asked for', async () => {
    await outcomeOf(url('good'), { headers: { authorization: 'Bearer a' } });
    expect(seen.authorization).toBe('Bearer a');
    await outcomeOf(url('good'), { headers: async () => ({ authorization: 'Bearer b' }) });
    expect(seen.authorization).toBe('Bearer b');
  });

  it('is not asked when the headers cannot be had', async () => {
    const before = server.requests.length;
    const headers = async () => {
      throw new Error('no token');
    };
    expect(await outcomeOf(url('good'), { headers })).toBe(UNAVAILABLE);
    expect(server.requests).toHaveLength(before);
  });

  it('is heard where it says that there is no such key', async () => {
    expect(await outcomeOf(url('404'), { absent: [404] })).toBe('404 7');
  });

  it('is given up, also by a fetch that does not listen to its signal', async () => {
    const deaf = () => new Promise<Response>(() => {});
    expect(await outcomeOf(url('good'), { fetch: deaf as typeof fetch })).toBe(UNAVAILABLE);
  });

  it('does not leave what it says in the message', async () => {
    const error = await pinnedFetch(rules())(url('500')).catch((thrown: unknown) => thrown);
    expect((error as Error).message).toContain('status 500');
    expect((error as Error).message).not.toContain('the key');
  });
});

describe('a credential that no header can hold', () => {
  it.each<[string, NonNullable<FetchRules['headers']>]>([
    ['as it is', { authorization: 'Bearer hush-5512\n.' }],
    ['from a function', async () => ({ authorization: 'Bearer hush-5512\n.' })],
  ])('is asked for without being shown: %s', async (_, headers) => {
    const error = await pinnedFetch(rules({ headers }))(url('good')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: expect.stringContaining('cannot stand in the header authorization'),
    });
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('hush');
  });
});

describe('an address', () => {
  it.each([
    'http://keys.vendor.test/keys/good',
    'https://keys.vendor.test:8443/keys/good',
    'https://keys.vendor.test:443/keys/good',
    'https://user@keys.vendor.test/keys/good',
    'https://@keys.vendor.test/keys/good',
    'https://keys.vendor.test/keys/good?a=b',
    'https://keys.vendor.test/keys/good?',
    'https://keys.vendor.test/keys/good#a',
    'https://keys.vendor.test/keys/good#',
    'https://keys.vendor.test./keys/good',
    'https://KEYS.vendor.test/keys/good',
    'https://keys.vendor.test/other/../keys/good',
    'https://keys.vendor.test/keys/%67ood',
    'https://keys.vendor.test/keys/good/',
    'https://keys.vendor.test//keys/good',
    'https:\\\\keys.vendor.test\\keys\\good',
    'https://keys.vendor.test/keys/go\nod',
    ' https://keys.vendor.test/keys/good',
    'https://keys.vendor.test.evil.test/keys/good',
    'https://evil.test/keys/good',
    'https://evil.test\\@keys.vendor.test/keys/good',
    'https://127.0.0.1/keys/good',
    '//keys.vendor.test/keys/good',
    'file:///keys/good',
    'keys.vendor.test',
    '',
    `https://keys.vendor.test/keys/${'a'.repeat(3000)}`,
  ])('%j is none', async (address) => {
    const before = server.requests.length;
    expect(await outcomeOf(address)).toBe(MISMATCH);
    expect(server.requests).toHaveLength(before);
  });

  it('may have a query where the rules say which, and no other', async () => {
    const query = /^\?a=\d$/;
    expect(await outcomeOf(`${url('good')}?a=1`, { query })).not.toBe(MISMATCH);
    expect(await outcomeOf(`${url('good')}?a=12`, { query })).toBe(MISMATCH);
    expect(await outcomeOf(url('good'), { query })).toBe(MISMATCH);
  });

  it('may be matched by a pattern, which has to fit the whole host', async () => {
    expect(await outcomeOf(url('good'), { hosts: /keys\.vendor\.test/ })).toBe('200 7');
    expect(await outcomeOf(url('good'), { hosts: /vendor\.test/ })).toBe(MISMATCH);
    expect(await outcomeOf(url('good'), { path: /\/keys\/goo/ })).toBe(MISMATCH);
  });
});

describe('as the fetch of jose', () => {
  const jwks = (path: string) =>
    createRemoteJWKSet(new URL(url(path)), { [customFetch]: pinnedFetch(rules()) });

  it('finds a key', async () => {
    expect(await jwks('jwks')({ alg: 'EdDSA', kid: 'k' })).toMatchObject({ type: 'public' });
  });

  it.each(['500', 'redirect', 'huge'])('fails by its own error (%s)', async (path) => {
    await expect(jwks(path)({ alg: 'EdDSA', kid: 'k' })).rejects.toMatchObject({ code: UNAVAILABLE });
  });
});
