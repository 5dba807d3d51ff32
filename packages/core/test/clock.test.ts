import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTimestamp, parseTimestamp } from '../src/clock.ts';
import type { TimestampUnit, Tolerance, WebhookErrorCode } from '../src/index.ts';
import { isWebhookError } from '../src/index.ts';
import { NOW, thrownBy } from './support/acme.ts';

const units: readonly TimestampUnit[] = ['s', 'ms', 'rfc3339'];

describe('reads', () => {
  it.each<[TimestampUnit, string, number]>([
    ['s', '0', 0],
    ['s', '1', 1000],
    ['s', '1767323045', NOW],
    ['s', '8640000000000', 8.64e15],
    ['ms', '0', 0],
    ['ms', '1767323045123', NOW + 123],
    ['rfc3339', '2026-01-02T03:04:05Z', NOW],
    ['rfc3339', '2026-01-02T03:04:05.1Z', NOW + 100],
    ['rfc3339', '2026-01-02T03:04:05.12Z', NOW + 120],
    ['rfc3339', '2026-01-02T03:04:05.123Z', NOW + 123],
    ['rfc3339', '2026-01-02T03:04:05.123456Z', NOW + 123],
    ['rfc3339', '2026-01-02T03:04:05.123456789Z', NOW + 123],
    ['rfc3339', '2026-01-02T03:04:05.000999999Z', NOW],
    ['rfc3339', '2026-01-02T03:04:05+00:00', NOW],
    ['rfc3339', '2026-01-02T03:04:05-00:00', NOW],
    ['rfc3339', '2026-01-02T08:34:05+05:30', NOW],
    ['rfc3339', '2026-01-01T19:04:05.123456789-08:00', NOW + 123],
    ['rfc3339', '2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ])('%s: %s', (unit, text, ms) => {
    expect(parseTimestamp(text, unit)?.getTime()).toBe(ms);
  });

  it('every whole second and millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8.64e12 }), (count) => {
        expect(parseTimestamp(String(count), 's')?.getTime()).toBe(count * 1000);
        expect(parseTimestamp(String(count), 'ms')?.getTime()).toBe(count);
      }),
    );
  });

  it('every date that JavaScript writes', () => {
    const date = fc.date({ min: new Date(0), max: new Date(Date.UTC(9999, 0)), noInvalidDate: true });
    fc.assert(
      fc.property(date, (each) => {
        expect(parseTimestamp(each.toISOString(), 'rfc3339')).toEqual(each);
      }),
    );
  });
});

describe('refuses', () => {
  const notWhole = [
    '',
    ' ',
    '1.5',
    '1.0',
    '.5',
    '+1',
    '-1',
    '-0',
    '01',
    '00',
    ' 1',
    '1 ',
    '1\n',
    '1e9',
    '1E9',
    '0x10',
    '0b1',
    '1_000',
    '1,000',
    '1n',
    'NaN',
    'Infinity',
    '-Infinity',
    'null',
    'undefined',
    '1e300',
    '9'.repeat(16),
    '9'.repeat(400),
    '\u0661',
    '\uff11',
    '1\u0000',
    '2026-01-02T03:04:05Z',
  ];

  it.each(notWhole.flatMap((text) => [['s', text] as const, ['ms', text] as const]))(
    '%s: %j',
    (unit, text) => {
      expect(parseTimestamp(text, unit)).toBeUndefined();
    },
  );

  it('seconds that no date can hold', () => {
    expect(parseTimestamp('8640000000001', 's')).toBeUndefined();
    expect(parseTimestamp('999999999999999', 's')).toBeUndefined();
  });

  it.each([
    ['empty', ''],
    ['seconds', '1767323045'],
    ['a date alone', '2026-01-02'],
    ['no zone', '2026-01-02T03:04:05'],
    ['no seconds', '2026-01-02T03:04Z'],
    ['a space for T', '2026-01-02 03:04:05Z'],
    ['a space before', ' 2026-01-02T03:04:05Z'],
    ['a line feed behind', '2026-01-02T03:04:05Z\n'],
    ['two zones', '2026-01-02T03:04:05ZZ'],
    ['a zone without a colon', '2026-01-02T03:04:05+0000'],
    ['a zone of hours', '2026-01-02T03:04:05+00'],
    ['a zone by name', '2026-01-02T03:04:05GMT'],
    ['a zone out of range', '2026-01-02T03:04:05+25:00'],
    ['a point without digits', '2026-01-02T03:04:05.Z'],
    ['a comma', '2026-01-02T03:04:05,123Z'],
    ['digits without a point', '2026-01-02T03:04:05123Z'],
    ['month 0', '2026-00-02T03:04:05Z'],
    ['month 13', '2026-13-02T03:04:05Z'],
    ['day 0', '2026-01-00T03:04:05Z'],
    ['day 32', '2026-01-32T03:04:05Z'],
    ['February 30', '2026-02-30T03:04:05Z'],
    ['February 29 of a common year', '2026-02-29T03:04:05Z'],
    ['hour 24', '2026-01-02T24:00:00Z'],
    ['minute 60', '2026-01-02T03:60:05Z'],
    ['second 61', '2026-01-02T03:04:61Z'],
    ['five digits of year', '12026-01-02T03:04:05Z'],
    ['a signed year', '+002026-01-02T03:04:05Z'],
    ['HTTP', 'Fri, 02 Jan 2026 03:04:05 GMT'],
    ['words', 'now'],
  ])('rfc3339: %s', (_, text) => {
    expect(parseTimestamp(text, 'rfc3339')).toBeUndefined();
  });
});

/** What a check says of a time so many ms from now. */
function verdict(unit: TimestampUnit, offset: number, tolerance: Tolerance | undefined, now = NOW): string {
  const at = NOW + offset;
  const text = unit === 's' ? String(at / 1000) : unit === 'ms' ? String(at) : new Date(at).toISOString();
  return verdictOf(text, unit, tolerance, now);
}

function verdictOf(text: string, unit: TimestampUnit, tolerance: Tolerance | undefined, now = NOW): string {
  const error = thrownBy(() => checkTimestamp(text, unit, now, tolerance));
  if (error === undefined) return 'ok';
  if (isWebhookError(error)) return error.code;
  throw error;
}

const OLD: WebhookErrorCode = 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD';
const NEW: WebhookErrorCode = 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW';
const MALFORMED: WebhookErrorCode = 'ERR_WEBHOOK_TIMESTAMP_MALFORMED';

describe('tolerance', () => {
  const apart = { past: 300, future: 60 };
  const none = { past: 0, future: 0 };

  it.each<[string, TimestampUnit, number, Tolerance, string]>([
    ['now', 's', 0, apart, 'ok'],
    ['exactly as old as allowed', 's', -300_000, apart, 'ok'],
    ['a second older', 's', -301_000, apart, OLD],
    ['exactly as far ahead as allowed', 's', 60_000, apart, 'ok'],
    ['a second further', 's', 61_000, apart, NEW],
    ['as far ahead as the past is allowed', 's', 300_000, apart, NEW],
    ['now', 'ms', 0, apart, 'ok'],
    ['exactly as old as allowed', 'ms', -300_000, apart, 'ok'],
    ['a millisecond older', 'ms', -300_001, apart, OLD],
    ['exactly as far ahead as allowed', 'ms', 60_000, apart, 'ok'],
    ['a millisecond further', 'ms', 60_001, apart, NEW],
    ['exactly as old as allowed', 'rfc3339', -300_000, apart, 'ok'],
    ['a millisecond older', 'rfc3339', -300_001, apart, OLD],
    ['exactly as far ahead as allowed', 'rfc3339', 60_000, apart, 'ok'],
    ['a millisecond further', 'rfc3339', 60_001, apart, NEW],
    ['now, with none', 's', 0, none, 'ok'],
    ['a second old, with none', 's', -1000, none, OLD],
    ['a second ahead, with none', 's', 1000, none, NEW],
    ['a millisecond old, with none', 'ms', -1, none, OLD],
    ['the past alone', 's', -1000, { past: 10, future: 0 }, 'ok'],
    ['the future alone', 's', 1000, { past: 0, future: 10 }, 'ok'],
    ['the past, where only the future is allowed', 's', -1000, { past: 0, future: 10 }, OLD],
    ['the future, where only the past is allowed', 's', 1000, { past: 10, future: 0 }, NEW],
  ])('%s, in %s', (_, unit, offset, tolerance, wanted) => {
    expect(verdict(unit, offset, tolerance)).toBe(wanted);
  });

  it('counts whole seconds where the sender does', () => {
    expect(verdict('s', -300_000, apart, NOW + 999)).toBe('ok');
    expect(verdict('s', -300_000, apart, NOW + 1000)).toBe(OLD);
    expect(verdict('s', 60_000, apart, NOW - 1)).toBe(NEW);
  });

  it.each(['1767323045000', '1767323045123'])('takes milliseconds for seconds far ahead: %s', (text) => {
    expect(verdictOf(text, 's', apart)).toBe(NEW);
  });

  it('takes seconds for milliseconds of long ago', () => {
    expect(verdictOf('1767323045', 'ms', apart)).toBe(OLD);
  });

  it('of parts of a second is kept', () => {
    expect(verdict('ms', -1500, { past: 1.5, future: 0 })).toBe('ok');
    expect(verdict('ms', -1501, { past: 1.5, future: 0 })).toBe(OLD);
  });

  it('holds for every offset', () => {
    const seconds = fc.integer({ min: -1000, max: 1000 });
    const bound = fc.nat(1000);
    fc.assert(
      fc.property(seconds, bound, bound, fc.constantFrom(...units), (offset, past, future, unit) => {
        const wanted = -offset > past ? OLD : offset > future ? NEW : 'ok';
        expect(verdict(unit, offset * 1000, { past, future })).toBe(wanted);
      }),
      { numRuns: 1000 },
    );
  });

  it('lets nothing through while the clock gives no number', () => {
    for (const unit of units) expect(verdict(unit, 0, apart, Number.NaN)).not.toBe('ok');
  });
});

describe('unchecked', () => {
  it.each<[TimestampUnit, number]>([
    ['s', -1e12],
    ['s', 1e12],
    ['ms', -1e12],
    ['rfc3339', 1e12],
  ])('%s, %i ms from now', (unit, offset) => {
    expect(verdict(unit, offset, undefined)).toBe('ok');
  });

  it.each(units)('%s must be a time all the same', (unit) => {
    expect(verdictOf('soon', unit, undefined)).toBe(MALFORMED);
  });
});

describe('what is thrown', () => {
  it.each<[TimestampUnit, string]>([
    ['s', ''],
    ['s', '1.5'],
    ['ms', 'NaN'],
    ['rfc3339', 'today'],
  ])('for %s %j is malformed, and quotes nothing', (unit, text) => {
    const error = thrownBy(() => checkTimestamp(text, unit, NOW, { past: 1, future: 1 }));
    expect(error).toMatchObject({ code: MALFORMED, status: 401, answer: 'signature_invalid' });
    expect(isWebhookError(error) && error.message).toContain(unit);
  });

  it('says how far off and how much is allowed', () => {
    const check = (text: string) => thrownBy(() => checkTimestamp(text, 's', NOW, { past: 300, future: 60 }));
    expect(check(String(NOW / 1000 - 400))).toMatchObject({
      message: expect.stringContaining('400 s ago and 300 s'),
    });
    expect(check(String(NOW / 1000 + 90))).toMatchObject({
      message: expect.stringContaining('90 s from now and 60 s'),
    });
  });

  it('nothing, and the time is given back', () => {
    const date = checkTimestamp(String(NOW / 1000), 's', NOW, { past: 0, future: 0 });
    expect(date).toEqual(new Date(NOW));
  });
});
