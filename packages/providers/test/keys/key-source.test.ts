import type { IncomingMessage, ServerResponse } from 'node:http';
import { isWebhookError } from '@countersign/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchedKeySet } from '../../src/keys/fetched-key-set.ts';
import { fetcherOf } from '../../src/keys/fetcher-of.ts';
import { keyInSet } from '../../src/keys/key-set.ts';
import { createKeySource, type KeySourceRules } from '../../src/keys/key-source.ts';
import { type HttpsServer, serveHttps } from '../support/https-server.ts';
import { selfSigned } from '../support/self-signed.ts';

const HOST = 'keys.vendor.test';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** What is there now, by path. */
let served: Record<string, string>;
let broken: boolean;
let server: HttpsServer;

function answer(request: IncomingMessage, response: ServerResponse): void {
  const text = served[request.url ?? ''];
  if (broken) response.writeHead(500).end();
  else if (text === undefined) response.writeHead(404).end();
  else response.end(text);
}

beforeAll(async () => {
  server = await serveHttps(selfSigned({ hosts: [HOST] }), answer);
});
afterAll(() => server.close());

let before = 0;
beforeEach(() => {
  served = {};
  broken = false;
  before = server.requests.length;
});

const count = (): number => server.requests.length - before;

const upperCase = (text: string): string => {
  if (text === 'garbage') throw new Error('not a key');
  return text.toUpperCase();
};

/** The key, `unknown`, or the code of the failure. */
async function outcomeOf(found: Promise<string | undefined>): Promise<string> {
  try {
    return (await found) ?? 'unknown';
  } catch (error) {
    return isWebhookError(error) ? error.code : String(error);
  }
}

const UNAVAILABLE = 'ERR_WEBHOOK_KEY_UNAVAILABLE';

describe('keys by id', () => {
  const source = (more: Partial<KeySourceRules<string>> = {}) => {
    const load = fetcherOf({ hosts: [HOST], path: /^\/\w+$/, fetch: server.fetch }, upperCase);
    const find = createKeySource({ load: (id) => load(`https://${HOST}/${id}`), ...more });
    return (id: string, now: number) => outcomeOf(find(id, now));
  };

  it('are fetched once, and again when their time is over', async () => {
    served = { '/a': 'one' };
    const find = source();
    expect([await find('a', 0), await find('a', DAY - 1)]).toEqual(['ONE', 'ONE']);
    expect(count()).toBe(1);
    served = { '/a': 'two' };
    expect(await find('a', DAY)).toBe('TWO');
    expect(count()).toBe(2);
  });

  it('are fetched once for all that ask at the same time', async () => {
    served = { '/a': 'one' };
    const find = source();
    const found = await Promise.all(Array.from({ length: 50 }, () => find('a', 0)));
    expect(new Set(found)).toEqual(new Set(['ONE']));
    expect(count()).toBe(1);
  });

  it('that are not there are remembered for a minute', async () => {
    const find = source();
    expect([await find('a', 0), await find('a', MINUTE - 1)]).toEqual(['unknown', 'unknown']);
    expect(count()).toBe(1);
    served = { '/a': 'one' };
    expect(await find('a', MINUTE)).toBe('ONE');
  });

  it('cannot be made up to cause more than so many fetches a minute', async () => {
    served = { '/known': 'one', '/late': 'two' };
    const find = source({ loads: 10 });
    expect(await find('known', 0)).toBe('ONE');
    const flood = [];
    for (let id = 0; id < 200; id++) flood.push(await find(`made${id}`, id));
    expect(count()).toBe(10);
    expect(flood.slice(0, 9)).toEqual(Array(9).fill('unknown'));
    // Whether these are genuine is not known: they are to come again.
    expect(new Set(flood.slice(9))).toEqual(new Set([UNAVAILABLE]));
    expect([await find('known', SECOND), await find('late', SECOND)]).toEqual(['ONE', UNAVAILABLE]);
    expect([await find('late', MINUTE), await find('late', DAY)]).toEqual(['TWO', 'TWO']);
  });

  it('that were had before are fetched again in the midst of a flood', async () => {
    served = { '/known': 'one' };
    const find = source({ loads: 3, ttl: SECOND });
    expect(await find('known', 0)).toBe('ONE');
    for (let id = 0; id < 5; id++) await find(`made${id}`, 500);
    served = { '/known': 'two' };
    expect(await find('known', 2 * SECOND)).toBe('TWO');
  });

  it('that cannot be had are tried again after a pause', async () => {
    served = { '/a': 'one' };
    broken = true;
    const find = source();
    expect([await find('a', 0), await find('a', 4999)]).toEqual([UNAVAILABLE, UNAVAILABLE]);
    expect(count()).toBe(1);
    broken = false;
    expect(await find('a', 5000)).toBe('ONE');
  });

  it('that are no keys are as good as not there for now', async () => {
    served = { '/a': 'garbage' };
    const find = source();
    expect(await find('a', 0)).toBe(UNAVAILABLE);
    served = { '/a': 'one' };
    expect(await find('a', 5000)).toBe('ONE');
  });

  it('are not kept for longer by a clock that is set back', async () => {
    const find = source();
    expect(await find('a', DAY)).toBe('unknown');
    served = { '/a': 'one' };
    expect(await find('a', 0)).toBe('ONE');
  });

  it('are not kept without end', async () => {
    served = Object.fromEntries(Array.from({ length: 300 }, (_, id) => [`/k${id}`, 'one']));
    const find = source({ loads: 1000 });
    for (let id = 0; id < 300; id++) await find(`k${id}`, 0);
    expect(count()).toBe(300);
    await find('k299', 0);
    expect(count()).toBe(300);
    await find('k0', 0);
    expect(count()).toBe(301);
  });
});

describe('a set of keys', () => {
  const PATH = '/.well-known/jwks.json';
  const keysOf = (text: string) => new Map(text.split(' ').map((id) => [id, upperCase(id)]));
  const set = () => {
    const keys = fetchedKeySet(`https://${HOST}${PATH}`, { fetch: server.fetch }, keysOf);
    return (id: string, now: number) => outcomeOf(keyInSet(keys, id, now));
  };

  it('is fetched once for its time', async () => {
    served = { [PATH]: 'a b' };
    const find = set();
    expect([await find('a', 0), await find('b', DAY - 1)]).toEqual(['A', 'B']);
    expect(count()).toBe(1);
    await find('a', DAY);
    expect(count()).toBe(2);
  });

  it('is fetched again for an id that is new, and forgets what is gone', async () => {
    served = { [PATH]: 'old' };
    const find = set();
    expect(await find('old', 0)).toBe('OLD');
    served = { [PATH]: 'new' };
    expect(await find('new', 30 * SECOND - 1)).toBe('unknown');
    expect(count()).toBe(1);
    expect(await find('new', 30 * SECOND)).toBe('NEW');
    expect(count()).toBe(2);
    expect(await find('old', 30 * SECOND)).toBe('unknown');
  });

  it('is fetched twice a minute at most, whatever ids are made up', async () => {
    served = { [PATH]: 'a' };
    const find = set();
    for (let at = 0; at < 200; at++) expect(await find(`made${at}`, at * 300)).toBe('unknown');
    expect(count()).toBe(2);
  });

  it('is fetched once for all that ask at the same time', async () => {
    served = { [PATH]: 'a' };
    const find = set();
    await Promise.all(Array.from({ length: 50 }, (_, at) => find(at % 2 ? 'a' : `made${at}`, 0)));
    expect(count()).toBe(1);
  });

  it('that cannot be renewed serves the keys it has', async () => {
    served = { [PATH]: 'a' };
    const find = set();
    expect(await find('a', 0)).toBe('A');
    broken = true;
    const later = 40 * SECOND;
    expect([await find('b', later), await find('c', later + 1), await find('a', later)]).toEqual([
      UNAVAILABLE,
      UNAVAILABLE,
      'A',
    ]);
    expect(count()).toBe(2);
  });

  it.each([
    ['gone', undefined],
    ['garbage', 'garbage'],
  ])('that is %s says nothing about a key', async (_, text) => {
    if (text !== undefined) served = { [PATH]: text };
    expect(await set()('a', 0)).toBe(UNAVAILABLE);
  });
});
