import { describe, expect, it } from 'vitest';
import { derElements } from '../../src/keys/der-element.ts';
import { derTime } from '../../src/keys/der-time.ts';

const element = (tag: number, length: readonly number[], size: number): Uint8Array =>
  Uint8Array.from([tag, ...length, ...Array<number>(size).fill(5)]);

describe('an element of DER', () => {
  it.each<[string, Uint8Array, number]>([
    ['of no bytes', element(0x30, [0], 0), 0],
    ['of as many as a short length says', element(0x30, [0x7f], 127), 127],
    ['of one more', element(0x30, [0x81, 0x80], 128), 128],
    ['of 256', element(0x30, [0x82, 1, 0], 256), 256],
  ])('is read: %s', (_, der, size) => {
    expect(derElements(der).map(({ content }) => content.length)).toEqual([size]);
  });

  it.each<[string, Uint8Array]>([
    ['an indefinite length, with as many bytes as its octet is worth', element(0x30, [0x80], 128)],
    ['a long form that is not needed', element(0x30, [0x81, 0x7f], 127)],
    ['a length with a zero before it', element(0x30, [0x82, 0, 0x80], 128)],
    ['too few bytes', element(0x30, [0x7f], 126)],
    ['a tag of several octets', element(0x1f, [1], 1)],
    ['a tag alone', Uint8Array.from([0x30])],
  ])('is refused: %s', (_, der) => {
    expect(() => derElements(der)).toThrow(TypeError);
  });
});

describe('a time', () => {
  const time = (tag: number, text: string): number => {
    const [read] = derElements(Uint8Array.from([tag, text.length, ...Buffer.from(text)]));
    return derTime(read as NonNullable<typeof read>);
  };

  it.each([
    [0x17, '491231235959Z', Date.UTC(2049, 11, 31, 23, 59, 59)],
    [0x17, '500101000000Z', Date.UTC(1950, 0)],
    [0x18, '20500228000000Z', Date.UTC(2050, 1, 28)],
  ])('is read: %i %s', (tag, text, wanted) => {
    expect(time(tag, text)).toBe(wanted);
  });

  it.each([
    ['of another kind', 0x0c, '20500101000000Z'],
    ['in the other spelling', 0x18, '500101000000Z'],
    ['of month 13', 0x17, '251301000000Z'],
    ['of February 30', 0x17, '250230000000Z'],
    ['of hour 24', 0x17, '250101240000Z'],
    ['without seconds', 0x17, '2501010000Z'],
  ])('is refused: %s', (_, tag, text) => {
    expect(() => time(tag, text)).toThrow(TypeError);
  });
});
