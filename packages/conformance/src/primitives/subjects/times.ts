import type { TimestampUnit } from '@countersign/core';
import fc from 'fast-check';
import { parseTimestamp } from '../../../../core/src/clock.ts';
import { editedText, lettersOf } from '../inputs.ts';
import { type Primitive, primitive, type Verdict } from '../primitive.ts';

const DIGITS = '0123456789';
const MAX_DATE = 8_640_000_000_000_000n;

/** Digit by digit, and written again: there is one spelling. */
function decimal(text: string): bigint | undefined {
  let sum = 0n;
  for (const letter of text) {
    const digit = DIGITS.indexOf(letter);
    if (digit < 0) return undefined;
    sum = sum * 10n + BigInt(digit);
  }
  return text.length <= 15 && String(sum) === text ? sum : undefined;
}

const counted =
  (step: bigint) =>
  (text: string): Verdict => {
    const ms = decimal(text);
    return ms === undefined || ms * step > MAX_DATE ? undefined : String(ms * step);
  };

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Days from 0000-01-01, year by year and month by month. */
function days(year: number, month: number, day: number): number | undefined {
  const months = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (month < 1 || month > 12 || day < 1 || day > (months[month - 1] as number)) return undefined;
  const years = year * 365 + Math.ceil(year / 4) - Math.ceil(year / 100) + Math.ceil(year / 400);
  return years + months.slice(0, month - 1).reduce((sum, each) => sum + each, 0) + day - 1;
}

const EPOCH = 719_528;

/** As RFC 3339 section 5.6 reads, from left to right; no leap seconds, and nothing below a millisecond. */
function rfc3339(text: string): Verdict {
  let at = 0;
  let isWrong = false;

  function number(width: number, max: number): number {
    const digits = text.slice(at, at + width);
    at += width;
    const value = [...digits].reduce((sum, each) => sum * 10 + DIGITS.indexOf(each), 0);
    isWrong ||= digits.length < width || [...digits].some((each) => !DIGITS.includes(each)) || value > max;
    return value;
  }

  function literal(letters: string): string {
    const letter = text[at++] ?? '';
    isWrong ||= letter === '' || !letters.includes(letter);
    return letter;
  }

  function fraction(): number {
    if (text[at] !== '.') return 0;
    const start = ++at;
    while (at < text.length && DIGITS.includes(text[at] as string)) at++;
    isWrong ||= at === start;
    return Number(text.slice(start, at).padEnd(3, '0').slice(0, 3));
  }

  const year = number(4, 9999);
  literal('-');
  const month = number(2, 12);
  literal('-');
  const day = number(2, 31);
  literal('T');
  const hour = number(2, 23);
  literal(':');
  const minute = number(2, 59);
  literal(':');
  const second = number(2, 59);
  const ms = fraction();
  const zone = literal('Z+-');
  let offset = 0;
  if (zone !== 'Z') {
    const hours = number(2, 23);
    literal(':');
    offset = (hours * 60 + number(2, 59)) * (zone === '+' ? 1 : -1);
  }
  const date = days(year, month, day);
  if (isWrong || date === undefined || at !== text.length) return undefined;
  return String((((date - EPOCH) * 24 + hour) * 60 + minute - offset) * 60_000 + second * 1000 + ms);
}

const LETTERS = '0123456789 +-.eExTZ:,_n\u0000\n\u0661\uff11';

const count = editedText(
  fc
    .oneof(
      fc.bigInt({ min: 0n, max: 9_999_999_999_999_999n }),
      fc.bigInt({ min: 8_639_999_999_990n, max: 8_640_000_000_010n }),
      fc.nat().map(BigInt),
    )
    .map(String),
  LETTERS,
  1,
);

const two = (max: number) => fc.nat(max + 1).map((each) => String(each).padStart(2, '0'));
const stamp = fc
  .record({
    year: fc.nat(9999),
    month: two(12),
    day: two(31),
    hour: two(24),
    minute: two(60),
    second: two(60),
    fraction: fc.oneof(
      fc.constant(''),
      lettersOf(DIGITS, 12).map((digits) => `.${digits}`),
    ),
    zone: fc.oneof(
      fc.constant('Z'),
      fc.tuple(fc.constantFrom('+', '-'), two(24), two(60)).map(([sign, h, m]) => `${sign}${h}:${m}`),
    ),
  })
  .map(
    ({ year, month, day, hour, minute, second, fraction, zone }) =>
      `${String(year).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}${fraction}${zone}`,
  );

const time = (
  unit: TimestampUnit,
  inputs: fc.Arbitrary<string>,
  theirs: (text: string) => Verdict,
): Primitive =>
  primitive({
    name: `timestamp ${unit}`,
    share: 4,
    inputs,
    ours(text) {
      const date = parseTimestamp(text, unit);
      return date && String(date.getTime());
    },
    theirs,
  });

export const times: readonly Primitive[] = [
  time('s', count, counted(1000n)),
  time('ms', count, counted(1n)),
  time('rfc3339', editedText(stamp, LETTERS, 1), rfc3339),
];
