import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentPart, dedupKey, fingerprint, keyPart } from '../src/dedup-key.ts';
import type { MaybePromise } from '../src/maybe-promise.ts';

const idPart = (id: string | undefined, content: readonly (string | Uint8Array)[]): MaybePromise<string> =>
  id === undefined ? contentPart(content) : keyPart(id);

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The key of a delivery, as a receiver makes it. */
const keyOf = async (id: string | undefined, name = 'orders', tenant = '', content = '{}'): Promise<string> =>
  dedupKey('acme', keyPart(name), keyPart(tenant), idPart(id, [content]));

const idIn = async (id: string): Promise<string> => (await keyOf(id)).split('|').slice(4).join('|');

describe('a dedup key', () => {
  it.each([
    ['evt_1', 'orders', '', 'v1|acme|orders||evt_1'],
    ['evt_1', 'acme', 'shop-7', 'v1|acme|acme|shop-7|evt_1'],
    ['72d3162e-cc78-11e3-81ab-4c9367dc0958', 'a', '', 'v1|acme|a||72d3162e-cc78-11e3-81ab-4c9367dc0958'],
    ['a|b', 'a|b', 'a|b', 'v1|acme|a%7Cb|a%7Cb|a%7Cb'],
    ['a%7Cb', 'a', '', 'v1|acme|a||a%257Cb'],
    [' a ', 'A', 'a', 'v1|acme|A|a|%20a%20'],
    ['é', 'ü', 'ß', 'v1|acme|%C3%BC|%C3%9F|%C3%A9'],
    ['\u{1f600}', '\0', '\n', 'v1|acme|%00|%0A|%F0%9F%98%80'],
    ['long:x', 'content:x', 'v1', 'v1|acme|content%3Ax|v1|long%3Ax'],
  ])('of %j at %j for %j is %s', async (id, name, tenant, key) => {
    expect(await keyOf(id, name, tenant)).toBe(key);
  });

  it('takes the digest of what was signed where there is no id', async () => {
    const content = ['1700000000', '.', bytes('{"a":1}')];
    const part = `content:${sha256('1700000000.{"a":1}')}`;
    expect(await contentPart(content)).toBe(part);
    expect(await idPart(undefined, content)).toBe(part);
    expect(await dedupKey('acme', 'orders', '', part)).toBe(`v1|acme|orders||${part}`);
  });

  it('differs by every one of its parts', async () => {
    const keys = await Promise.all([
      keyOf('1', 'a', 'b'),
      keyOf('2', 'a', 'b'),
      keyOf('1', 'b', 'b'),
      keyOf('1', 'a', 'a'),
      keyOf('1', 'a', ''),
      keyOf('1', 'b', 'a'),
      dedupKey('other', 'a', 'b', await idPart('1', [])),
      keyOf(undefined, 'a', 'b', '1'),
      keyOf(undefined, 'a', 'b', '2'),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([
    ['case', 'evt_A', 'evt_a'],
    ['white space at the end', 'evt_1', 'evt_1 '],
    ['white space at the start', 'evt_1', '\tevt_1'],
    ['unicode normal forms', '\u00e9', 'e\u0301'],
    ['compatibility characters', '\u212a', 'K'],
    ['a separator', 'a|b', 'a%7Cb'],
    ['an escape', '%', '%25'],
    ['the case of an escape', '%7c', '%7C'],
    ['a plus for a space', 'a+b', 'a b'],
    ['a NUL at the end', 'a', 'a\0'],
    ['a byte order mark', 'a', '\ufeffa'],
    ['lone surrogates', '\ud800', '\udc00'],
    ['a lone surrogate and what replaces it', '\ud800', '\ufffd'],
    ['a lone surrogate and its escape', '\ud800', '\\ud800'],
    ['where the surrogate stands', '\ud800a', 'a\ud800'],
    ['the end of a long id', `${'x'.repeat(500)}1`, `${'x'.repeat(500)}2`],
    ['the length of a long id', 'x'.repeat(500), 'x'.repeat(501)],
    ['a surrogate pair cut in two', '\u{1f600}', '\ude00\ud83d'],
  ])('is byte-exact: %s', async (_what, one, other) => {
    expect(await keyOf(one)).not.toBe(await keyOf(other));
    expect(await keyOf('1', one)).not.toBe(await keyOf('1', other));
    expect(await keyOf('1', 'a', one)).not.toBe(await keyOf('1', 'a', other));
  });
});

describe('no id is taken for a digest', () => {
  const long = 'x'.repeat(500);

  it('of content', async () => {
    const forged = await contentPart(['{}']);
    expect(forged).toMatch(/^content:[0-9a-f]{64}$/);
    expect(await keyOf(forged)).not.toBe(await keyOf(undefined));
    expect(await keyOf(`content:${forged}`)).not.toBe(await keyOf(undefined));
    expect(await keyOf(encodeURIComponent(forged))).not.toBe(await keyOf(undefined));
  });

  it('of a long id', async () => {
    const forged = await idPart(long, []);
    expect(forged).toMatch(/^long:[0-9a-f]{64}$/);
    expect(await keyOf(forged)).not.toBe(await keyOf(long));
    expect(await keyOf(encodeURIComponent(forged))).not.toBe(await keyOf(long));
  });

  it('of an id with a lone surrogate', async () => {
    const forged = await idPart('\ud800', []);
    expect(await keyOf(forged)).not.toBe(await keyOf('\ud800'));
  });

  it('nor a long id for content that reads the same', async () => {
    for (const text of [long, JSON.stringify(long)]) {
      expect(await keyOf(long)).not.toBe(await keyOf(undefined, 'orders', '', text));
    }
  });
});

describe('a sender does not choose our memory', () => {
  it.each([
    ['letters', 'x'],
    ['what is escaped', '|'],
    ['two bytes each', 'é'],
    ['three bytes each', '€'],
    ['four bytes each', '\u{1f600}'],
    ['lone surrogates', '\ud800'],
  ])('a part of a key is 200 characters at most, whatever it is made of: %s', async (_what, unit) => {
    for (const length of [1, 20, 60, 120, 128, 129, 1000, 100_000]) {
      const text = unit.repeat(Math.ceil(length / unit.length));
      const [, , name = '', tenant = '', id = ''] = (await keyOf(text, text, text)).split('|');
      for (const part of [name, tenant, id]) expect(part.length).toBeLessThanOrEqual(200);
    }
  });

  it('keeps an id of 128 characters as it is, for whoever looks into the store', async () => {
    expect(await idIn('x'.repeat(128))).toBe('x'.repeat(128));
  });
});

describe('over random ids', () => {
  const codeUnits = fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
    .map((codes) => String.fromCharCode(...codes));
  const awkward = fc
    .array(
      fc.constantFrom(
        '|',
        '%',
        '%7C',
        ':',
        'content:',
        'long:',
        'a',
        'A',
        ' ',
        'é',
        'e\u0301',
        '\ud800',
        '\udc00',
      ),
      {
        maxLength: 6,
      },
    )
    .map((parts) => parts.join(''));
  const long = fc
    .tuple(awkward, fc.integer({ min: 100, max: 200 }))
    .map(([text, times]) => text.repeat(times));
  const text = fc.oneof(codeUnits, awkward, fc.string({ unit: 'grapheme' }), long);
  const parts = fc.tuple(text, text, text);

  it('different parts make different keys, and the same parts the same one', async () => {
    await fc.assert(
      fc.asyncProperty(parts, parts, async (one, other) => {
        const isSame = one.every((part, index) => part === other[index]);
        const [a, b] = [await keyOf(...one), await keyOf(...other)];
        expect(a === b).toBe(isSame);
        expect(await keyOf(...one)).toBe(a);
      }),
      {
        numRuns: 2000,
        examples: [
          [
            ['a', 'b', 'c'],
            ['a', 'b', 'c'],
          ],
        ],
      },
    );
  });

  it('a key is printable ASCII in five parts, of which the short ones can be read', async () => {
    await fc.assert(
      fc.asyncProperty(parts, async ([id, name, tenant]) => {
        const key = await keyOf(id, name, tenant);
        expect(key).toMatch(/^[\x21-\x7e]*$/);
        const [version, provider, ...rest] = key.split('|');
        expect([version, provider, rest.length]).toEqual(['v1', 'acme', 3]);
        for (const [index, part] of [name, tenant, id].entries()) {
          const encoded = rest[index] ?? '';
          if (encoded.startsWith('long:')) expect(encoded).toMatch(/^long:[0-9a-f]{64}$/);
          else expect(decodeURIComponent(encoded)).toBe(part);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a fingerprint', () => {
  it('is a digest of the raw bytes, shortened', async () => {
    const body = Uint8Array.from([0xef, 0xbb, 0xbf, 0x00, 0xff, 0x0d, 0x0a]);
    expect(await fingerprint(body)).toBe(sha256(body).slice(0, 32));
    expect(await fingerprint(new Uint8Array())).toBe(sha256('').slice(0, 32));
  });

  it.each([
    ['the order of keys', '{"a":1,"b":2}', '{"b":2,"a":1}'],
    ['white space', '{"a":1}', '{"a": 1}'],
    ['the end of a line', 'a\n', 'a\r\n'],
  ])('differs by %s', async (_what, one, other) => {
    expect(await fingerprint(bytes(one))).not.toBe(await fingerprint(bytes(other)));
  });

  it('differs where only bytes that are no UTF-8 do', async () => {
    expect(await fingerprint(Uint8Array.of(0xff))).not.toBe(await fingerprint(Uint8Array.of(0xfe)));
  });
});
