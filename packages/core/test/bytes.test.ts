import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, decode, type Encoding, encode, fromUtf8, utf8 } from '../src/bytes.ts';

type Oracle = 'hex' | 'base64' | 'base64url';

/** Node's lenient decoder and canonical encoder: a text is canonical when both together give it back. */
const isCanonical = (encoding: Oracle, text: string): boolean =>
  Buffer.from(text, encoding).toString(encoding) === text;

const oracles: readonly Oracle[] = ['hex', 'base64', 'base64url'];
const runs = { numRuns: 1000 };
const bytes = fc.uint8Array({ maxLength: 100 });

/** Texts that are nearly right: the alphabets, padding, white space, and letters beyond 255 that look like digits. */
const NOISE = 'AQgwabcdefz019+/-_==  \n\t.:%\u0000\u00e9\u0130\u0161\u2028\ud83d\uff21';
const nearly = fc.string({ unit: fc.constantFrom(...NOISE), maxLength: 12 });

function same(found: Uint8Array | undefined, wanted: Uint8Array): void {
  expect(found && Buffer.from(found)).toEqual(Buffer.from(wanted));
}

describe.each(oracles)('%s', (encoding) => {
  it('encodes as Node does', () => {
    fc.assert(
      fc.property(bytes, (each) => {
        expect(encode(encoding, each)).toBe(Buffer.from(each).toString(encoding));
      }),
      runs,
    );
  });

  it('decodes what Node encodes', () => {
    fc.assert(
      fc.property(bytes, (each) => same(decode(encoding, Buffer.from(each).toString(encoding)), each)),
      runs,
    );
  });

  it('decodes canonical texts, and no others', () => {
    fc.assert(
      fc.property(nearly, (text) => {
        const found = decode(encoding, text);
        if (isCanonical(encoding, text)) same(found, Buffer.from(text, encoding));
        else expect(found).toBeUndefined();
      }),
      { numRuns: 20_000 },
    );
  });

  it('takes no two texts for the same bytes', () => {
    const change = fc.tuple(bytes, fc.nat(), fc.constantFrom(...NOISE), fc.constantFrom(0, 1));
    fc.assert(
      fc.property(change, ([each, at, letter, removed]) => {
        const text = encode(encoding, each);
        const place = at % (text.length + 1);
        const changed = text.slice(0, place) + letter + text.slice(place + removed);
        const found = decode(encoding, changed);
        if (found !== undefined) expect(encode(encoding, found)).toBe(changed);
      }),
      { numRuns: 5000 },
    );
  });

  // Up to 1024 letters are laid out in one place, which is used again and again.
  it('decodes texts of any length, and sees in each what is no digit of its own', () => {
    for (const size of [0, 1, 2, 3, 510, 511, 512, 513, 514, 765, 766, 767, 768, 769, 770, 5000]) {
      const each = Buffer.alloc(size, 0xa7);
      const text = each.toString(encoding);
      same(decode(encoding, text), each);
      for (const letter of ['\u00e9', '\u0141', '\uff21', '\ud83d', ' ']) {
        for (const at of [0, size >> 1, text.length - 1]) {
          if (size === 0) continue;
          const changed = text.slice(0, at) + letter + text.slice(at + 1);
          expect(decode(encoding, changed)).toBeUndefined();
        }
      }
      same(decode(encoding, text), each);
    }
  });

  it('takes any view, and the empty text', () => {
    const view = new Uint8Array(new Uint8Array([9, 9, 250, 251, 252, 9]).buffer, 2, 3);
    expect(encode(encoding, view)).toBe(Buffer.from([250, 251, 252]).toString(encoding));
    same(decode(encoding, ''), new Uint8Array());
  });
});

describe('refused', () => {
  it.each<[Encoding, string, string]>([
    ['hex', 'odd length', 'abc'],
    ['hex', 'one digit', 'a'],
    ['hex', 'upper case', 'AB'],
    ['hex', 'mixed case', 'aB'],
    ['hex', 'a letter past f', 'ag'],
    ['hex', 'leading 0x', '0xab'],
    ['hex', 'white space at the end', 'ab '],
    ['hex', 'white space within', 'ab cd'],
    ['hex', 'a line feed', 'ab\n0'],
    ['hex', 'the characters around the digits', '/0'],
    ['hex', 'the character after 9', ':0'],
    ['hex', 'a sign', '+1'],
    ['hex', 'full-width digits', '\uff10\uff11'],
    ['hex', 'a code whose low byte is a digit', '\u0130\u0131'],
    ['hex-any', 'odd length', 'ABC'],
    ['hex-any', 'a letter past F', 'AG'],
    ['hex-any', 'the character before A', '@0'],
    ['hex-any', 'a code whose low byte is a digit', '\u0141\u0142'],
    ['base64', 'missing padding', 'YQ'],
    ['base64', 'half of the padding', 'YQ='],
    ['base64', 'extra padding', 'YQ==='],
    ['base64', 'padding after whole groups', 'YWJj===='],
    ['base64', 'padding alone', '===='],
    ['base64', 'two equals signs alone', '=='],
    ['base64', 'three equals signs', 'Y==='],
    ['base64', 'padding in the middle', 'YQ==YWJj'],
    ['base64', 'padding before the last digit', 'YW=j'],
    ['base64', 'bits behind one byte', 'YR=='],
    ['base64', 'bits behind two bytes', 'YWJ='],
    ['base64', 'url-safe minus', '-_8='],
    ['base64', 'url-safe underscore', 'ab_8'],
    ['base64', 'white space', 'YW Jj'],
    ['base64', 'a line feed at the end', 'YWJj\n'],
    ['base64', 'white space that makes whole groups', ' YWJjYQ='],
    ['base64', 'a code whose low byte is a digit', '\u0141WJj'],
    ['base64', 'non-ASCII', 'YWJ\u00e9'],
    ['base64', 'NUL', 'YWJ\u0000'],
    ['base64url', 'padding', 'YQ=='],
    ['base64url', 'plus', '+_8A'],
    ['base64url', 'slash', 'ab/8'],
    ['base64url', 'a loose digit', 'YWJjY'],
    ['base64url', 'bits behind one byte', 'YR'],
    ['base64url', 'bits behind two bytes', 'YWK'],
    ['base64url', 'white space', 'YW Jj'],
    ['base64url', 'non-ASCII', '\uff39Q'],
  ])('%s: %s', (encoding, _, text) => {
    expect(decode(encoding, text)).toBeUndefined();
  });

  it('every group of one byte but the 256 canonical ones', () => {
    const digits = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'];
    const taken = digits
      .flatMap((a) => digits.map((b) => `${a}${b}==`))
      .filter((text) => decode('base64', text));
    expect(taken).toEqual(Array.from({ length: 256 }, (_, byte) => Buffer.from([byte]).toString('base64')));
  });

  it('every pair of characters but the 256 of hex', () => {
    const characters = Array.from({ length: 300 }, (_, code) => String.fromCharCode(code));
    const taken = characters
      .flatMap((a) => characters.map((b) => a + b))
      .filter((text) => decode('hex', text));
    expect(taken).toEqual(Array.from({ length: 256 }, (_, byte) => Buffer.from([byte]).toString('hex')));
  });
});

describe('hex-any', () => {
  const cases = fc.tuple(bytes, fc.array(fc.boolean(), { minLength: 200, maxLength: 200 }));

  it('takes each digit in either case', () => {
    fc.assert(
      fc.property(cases, ([each, upper]) => {
        const text = [...Buffer.from(each).toString('hex')].map((digit, at) =>
          upper[at] ? digit.toUpperCase() : digit,
        );
        same(decode('hex-any', text.join('')), each);
      }),
      runs,
    );
  });

  it('takes what Node takes whole, and nothing else', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'09afAFgG@`:/ \u0141'), maxLength: 6 });
    fc.assert(
      fc.property(digits, (text) => {
        const isWhole = Buffer.from(text, 'hex').toString('hex') === text.toLowerCase();
        expect(decode('hex-any', text) !== undefined).toBe(isWhole);
      }),
      { numRuns: 5000 },
    );
  });

  it('is written in lower case', () => {
    expect(encode('hex-any', new Uint8Array([171, 205]))).toBe('abcd');
  });
});

describe('text', () => {
  it('is joined with bytes as UTF-8', () => {
    const chunk = fc.oneof(bytes, fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 5 }), (chunks) => {
        same(concat(chunks), Buffer.concat(chunks.map((each) => Buffer.from(each as string))));
      }),
      runs,
    );
  });

  it.each([
    ['a letter beyond the BMP', '\ud83d\ude00', [0xf0, 0x9f, 0x98, 0x80]],
    ['a lone surrogate, as every encoder writes it', '\ud800', [0xef, 0xbf, 0xbd]],
    ['NUL', '\u0000', [0]],
    ['patterns of String.replace', '$&', [0x24, 0x26]],
  ])('writes %s', (_, text, wanted) => {
    expect([...utf8(text)]).toEqual(wanted);
  });

  it.each([
    ['without its BOM', [0xef, 0xbb, 0xbf, 0x61], 'a'],
    ['with U+FFFD for what is not UTF-8', [0x61, 0xff, 0x62], 'a\ufffdb'],
    ['with CRLF as it is', [0x0d, 0x0a], '\r\n'],
  ])('is read %s', (_, from, wanted) => {
    expect(fromUtf8(new Uint8Array(from))).toBe(wanted);
  });
});
