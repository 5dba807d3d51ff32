import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rawSignature } from '../src/der.ts';

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replace(/ /g, ''), 'hex'));

const ONE = `${'00'.repeat(31)}01`;

describe('an ECDSA signature in DER', () => {
  it.each([
    ['the smallest', '30 06 02 01 01 02 01 01', 32, ONE + ONE],
    ['a number that needs a zero before it', '30 07 02 02 00 80 02 01 01', 32, `${'00'.repeat(31)}80${ONE}`],
    [
      'a length of two bytes, for P-521',
      `30 81 88 02 42 ${'01'.repeat(66)} 02 42 ${'02'.repeat(66)}`,
      66,
      '01'.repeat(66) + '02'.repeat(66),
    ],
  ])('is read: %s', (_, der, size, raw) => {
    expect(Buffer.from(rawSignature(bytes(der), size) ?? []).toString('hex')).toBe(raw);
  });

  it.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['an empty sequence', '30 00'],
    ['one number', '30 03 02 01 01'],
    ['three numbers', '30 09 02 01 01 02 01 01 02 01 01'],
    ['another tag outside', '31 06 02 01 01 02 01 01'],
    ['another tag inside', '30 06 02 01 01 03 01 01'],
    ['a byte after it', '30 06 02 01 01 02 01 01 00'],
    ['a byte inside, after the numbers', '30 07 02 01 01 02 01 01 00'],
    ['a length that is too long', '30 07 02 01 01 02 01 01'],
    ['a length that is too short', '30 05 02 01 01 02 01 01'],
    ['a long form that is not needed', '30 81 06 02 01 01 02 01 01'],
    ['an indefinite length', '30 80 02 01 01 02 01 01 00 00'],
    ['a zero that is not needed', '30 07 02 02 00 01 02 01 01'],
    ['a negative number', '30 06 02 01 80 02 01 01'],
    ['zero', '30 06 02 01 00 02 01 01'],
    ['zero, as s', '30 06 02 01 01 02 01 00'],
    ['a number of no bytes', '30 05 02 00 02 01 01'],
    ['a number that is too long', `30 26 02 21 ${'01'.repeat(33)} 02 01 01`],
    ['a number that runs out of the sequence', '30 06 02 01 01 02 02 01'],
    ['a number whose length is in the long form', '30 07 02 81 01 01 02 01 01'],
  ])('is refused: %s', (_, der) => {
    expect(rawSignature(bytes(der), 32)).toBeUndefined();
  });

  it.each([
    ['P-256', 32],
    ['P-384', 48],
    ['P-521', 66],
  ])('is what Node writes side by side: %s', (namedCurve, size) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
    fc.assert(
      fc.property(fc.uint8Array(), (message) => {
        const der = new Uint8Array(sign('sha256', message, privateKey));
        const raw = rawSignature(der, size) as Uint8Array;
        expect(raw.length).toBe(2 * size);
        // Node verifies both forms, by different readers of its own.
        const { createVerify } = process.getBuiltinModule('node:crypto');
        const verified = createVerify('sha256').update(message);
        expect(verified.verify({ key: publicKey, dsaEncoding: 'ieee-p1363' }, raw)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is refused with any bit of its frame changed, or read as the same numbers only', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const der = new Uint8Array(sign('sha256', Buffer.from('a'), privateKey));
    const raw = Buffer.from(rawSignature(der, 32) as Uint8Array);
    for (let at = 0; at < der.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = der.slice();
        changed[at] = (changed[at] as number) ^ (1 << bit);
        const read = rawSignature(changed, 32);
        if (read !== undefined) expect(Buffer.from(read).equals(raw)).toBe(false);
      }
    }
  });
});
