import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HmacOptions, hmac, type SignatureGrammar, token } from '../src/index.ts';
import { readSignatureHeader } from '../src/schemes/signature-header.ts';

const signature = (byte: number, length = 32): Uint8Array => new Uint8Array(length).fill(byte);
const hex = (byte: number, length = 32): string => Buffer.from(signature(byte, length)).toString('hex');
const base64 = (byte: number): string => Buffer.from(signature(byte)).toString('base64');

const scheme = (grammar: Omit<SignatureGrammar, 'header'>, encoding: HmacOptions['encoding'] = 'hex') =>
  hmac({ header: 'x-acme-signature', hash: 'sha256', encoding, content: ['body'], ...grammar });

const bare = scheme({});
const prefixed = scheme({ prefix: 'sha256=' });
const pairs = scheme({ pairs: { separator: ',', signature: 'v1', fields: ['t', 'n'] } });
const labels = scheme({ labels: { separator: ' ', label: 'v1' } }, 'base64');

const A = hex(0xaa);
const B = hex(0xbb);
const C = base64(0xcc);
const D = base64(0xdd);

type Case = [name: string, header: string];
type GoodCase = [name: string, header: string, bytes: readonly number[], fields?: Record<string, string>];

const read = (of: typeof bare, header: string) => {
  const found = readSignatureHeader(of, [header])[0];
  return found && { fields: { ...found.fields }, signatures: found.signatures.map((each) => [...each]) };
};

const taken =
  (of: typeof bare) =>
  (_: string, header: string, bytes: readonly number[], fields = {}) => {
    expect(read(of, header)).toEqual({ fields, signatures: bytes.map((byte) => [...signature(byte)]) });
  };

const refused = (of: typeof bare) => (_: string, header: string) => {
  expect(readSignatureHeader(of, [header])[0]).toBeUndefined();
};

describe('a bare signature', () => {
  it.each<GoodCase>([['alone', A, [0xaa]]])('is taken %s', taken(bare));

  it.each<Case>([
    ['the empty text', ''],
    ['a space before', ` ${A}`],
    ['a space after', `${A} `],
    ['upper case', A.toUpperCase()],
    ['a prefix that is not ours', `sha256=${A}`],
    ['two, joined as Fetch joins them', `${A}, ${A}`],
    ['two, run together', A + B],
    ['one byte less', A.slice(2)],
    ['one byte more', `${A}00`],
    ['base64 of the right length', base64(0xaa)],
    ['non-ASCII digits', '\uff11'.repeat(64)],
    ['NUL behind', `${A}\u0000`],
  ])('is refused: %s', refused(bare));
});

describe('a prefixed signature', () => {
  it.each<GoodCase>([['as it is written', `sha256=${A}`, [0xaa]]])('is taken %s', taken(prefixed));

  it.each<Case>([
    ['no prefix', A],
    ['another hash', `sha1=${A}`],
    ['upper case', `SHA256=${A}`],
    ['twice the prefix', `sha256=sha256=${A}`],
    ['the prefix alone', 'sha256='],
    ['a space after the prefix', `sha256= ${A}`],
    ['a space before the prefix', ` sha256=${A}`],
  ])('is refused: %s', refused(prefixed));
});

describe('pairs', () => {
  it.each<GoodCase>([
    ['field first', `t=1,v1=${A}`, [0xaa], { t: '1' }],
    ['signature first', `v1=${A},t=1`, [0xaa], { t: '1' }],
    ['two signatures', `t=1,v1=${A},v1=${B}`, [0xaa, 0xbb], { t: '1' }],
    ['two signatures in the other order', `v1=${B},t=1,v1=${A}`, [0xbb, 0xaa], { t: '1' }],
    ['unknown names skipped', `t=1,v0=${B},v1=${A},extra=x,extra=y`, [0xaa], { t: '1' }],
    ['an undecodable one dropped', `t=1,v1=zz,v1=${A}`, [0xaa], { t: '1' }],
    ['an empty one dropped', `t=1,v1=,v1=${A}`, [0xaa], { t: '1' }],
    ['one of another length dropped', `t=1,v1=${hex(0xaa, 20)},v1=${A}`, [0xaa], { t: '1' }],
    ['upper case dropped', `t=1,v1=${B.toUpperCase()},v1=${A}`, [0xaa], { t: '1' }],
    ['a value that holds "="', `t=1=2,v1=${A}`, [0xaa], { t: '1=2' }],
    ['an empty field', `t=,v1=${A}`, [0xaa], { t: '' }],
    ['no field', `v1=${A}`, [0xaa]],
    ['a field named as a prototype, skipped', `__proto__=1,constructor=2,t=1,v1=${A}`, [0xaa], { t: '1' }],
  ])('are taken: %s', taken(pairs));

  it.each<Case>([
    ['the empty text', ''],
    ['no signature', 't=1'],
    ['a signature of another name only', `t=1,v0=${A}`],
    ['a name in upper case', `t=1,V1=${A}`],
    ['a signature with a space in it', `t=1,v1= ${B},v1=${A}`],
    ['a repeated field', `t=1,t=2,v1=${A}`],
    ['a field repeated with the same value', `t=1,t=1,v1=${A}`],
    ['an empty field repeated', `t=,t=1,v1=${A}`],
    ['another field repeated', `n=1,n=2,t=1,v1=${A}`],
    ['a space before a name', `t=1, v1=${A}`],
    ['a space after a name', `t =1,v1=${A}`],
    ['a tab before a name', `t=1,\tv1=${A}`],
    ['two headers, joined as Fetch joins them', `t=1,v1=${A}, t=2,v1=${B}`],
    ['an item without "="', `t=1,v1=${A},v1`],
    ['an item without a name', `t=1,=x,v1=${A}`],
    ['a comma at the end', `t=1,v1=${A},`],
    ['a comma at the beginning', `,t=1,v1=${A}`],
    ['another separator', `t=1;v1=${A}`],
    ['an empty signature', 't=1,v1='],
    ['every signature undecodable', 't=1,v1=zz,v1=yy'],
  ])('are refused: %s', refused(pairs));

  it('give no field that was not asked for', () => {
    const found = readSignatureHeader(pairs, [`x=1,v1=${A}`])[0];
    expect(found?.fields).toEqual(Object.create(null));
    expect(found?.fields.toString).toBeUndefined();
  });
});

describe('labels', () => {
  it.each<GoodCase>([
    ['one', `v1,${C}`, [0xcc]],
    ['two', `v1,${C} v1,${D}`, [0xcc, 0xdd]],
    ['other labels skipped', `v1a,${D} v2,${D} v1,${C} v11,${D}`, [0xcc]],
    ['an entry without a label skipped', `${D} v1,${C}`, [0xcc]],
    ['spaces doubled', `  v1,${C}  v1,${D} `, [0xcc, 0xdd]],
    ['an undecodable one dropped', `v1,??? v1,${C}`, [0xcc]],
    ['unpadded dropped', `v1,${D.replace('=', '')} v1,${C}`, [0xcc]],
    ['url-safe dropped', `v1,${base64(0xfb).replaceAll('+', '-').replaceAll('/', '_')} v1,${C}`, [0xcc]],
  ])('are taken: %s', taken(labels));

  it.each<Case>([
    ['the empty text', ''],
    ['spaces alone', '   '],
    ['the label alone', 'v1,'],
    ['another label', `v2,${C}`],
    ['a label in upper case', `V1,${C}`],
    ['"=" behind the label', `v1=${C}`],
    ['a space behind the label', `v1, ${C}`],
    ['no label', C],
    ['two headers, joined as Fetch joins them', `v1,${C},v1,${D}`],
  ])('are refused: %s', refused(labels));
});

describe('a separator that is empty', () => {
  it('separates nothing', () => {
    const single = scheme({ labels: { separator: '', label: 'v1' } }, 'base64');
    expect(read(single, `v1,${C}`)).toEqual({ fields: {}, signatures: [[...signature(0xcc)]] });
    expect(read(single, `v1,${C} v1,${D}`)).toBeUndefined();
    expect(read(scheme({ pairs: { separator: '', signature: 'v1' } }), `v1=${A}`)).toBeUndefined();
  });
});

describe('a text that is compared as it is', () => {
  const text = token({ header: 'x-token', prefix: 'Bearer ' });

  it('is its UTF-8 bytes', () => {
    expect(readSignatureHeader(text, ['Bearer a b$&'])[0]?.signatures).toEqual([
      new TextEncoder().encode('a b$&'),
    ]);
  });

  it.each<Case>([
    ['empty', 'Bearer '],
    ['another prefix', 'Basic a'],
    ['longer than the bound', `Bearer ${'a'.repeat(8192)}`],
  ])('is refused: %s', refused(text));
});

describe('bounds', () => {
  const padded = (length: number): string => `x=,v1=${A}`.replace('x=', `x=${'y'.repeat(length - 70)}`);
  const many = (count: number, item: string, separator: string): string =>
    Array(count).fill(item).join(separator);

  it('takes 8 KiB of header, and no more', () => {
    expect(padded(8192)).toHaveLength(8192);
    expect(read(pairs, padded(8192))?.signatures).toHaveLength(1);
    expect(read(pairs, padded(8193))).toBeUndefined();
  });

  it.each([
    ['pairs', pairs, `v1=${A}`, ','],
    ['labels', labels, `v1,${C}`, ' '],
  ])('takes 16 signatures, and no more: %s', (_, of, item, separator) => {
    expect(read(of, many(16, item, separator))?.signatures).toHaveLength(16);
    expect(read(of, many(17, item, separator))).toBeUndefined();
  });

  it('counts signatures that cannot be decoded too', () => {
    expect(read(pairs, `${many(16, 'v1=zz', ',')},v1=${A}`)).toBeUndefined();
  });

  it.each([
    ['a megabyte', 'a'.repeat(1 << 20)],
    ['50,000 items', many(50_000, `v1=${A}`, ',')],
    ['50,000 items of no meaning', many(50_000, 'a=b', ',')],
    ['50,000 separators', ','.repeat(50_000)],
  ])('refuses %s', (_, header) => {
    for (const of of [bare, prefixed, pairs, labels])
      expect(readSignatureHeader(of, [header])[0]).toBeUndefined();
  });
});

describe('whatever is sent', () => {
  const piece = fc.constantFrom(
    't=',
    'v1=',
    'v1,',
    'sha256=',
    ',',
    ' ',
    '=',
    A,
    C,
    '1',
    '__proto__',
    '\u00e9',
    '\u0000',
  );
  const header = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  );

  it('gives signatures of the right length, or nothing', () => {
    fc.assert(
      fc.property(header, fc.constantFrom(bare, prefixed, pairs, labels), (text, of) => {
        const found = readSignatureHeader(of, [text])[0];
        if (found === undefined) return;
        expect(found.signatures.length).toBeGreaterThan(0);
        for (const each of found.signatures) expect(each).toHaveLength(32);
        for (const name of Object.keys(found.fields)) expect(['t', 'n']).toContain(name);
      }),
      { numRuns: 5000 },
    );
  });
});
