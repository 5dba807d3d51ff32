import { WebhookError } from './errors.ts';
import type { TimestampUnit, Tolerance } from './rules.ts';

const WHOLE = /^(?:0|[1-9]\d{0,14})$/;
const RFC3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:(\.\d{1,3})\d*)?(Z|[+-]\d\d:\d\d)$/;

const whole = (text: string): number => (WHOLE.test(text) ? Number(text) : Number.NaN);

/** Unix ms of a timestamp as sent, or NaN; and the steps in which the sender counts. */
const units: Record<TimestampUnit, { readonly step: number; parse(text: string): number }> = {
  s: { step: 1000, parse: (text) => whole(text) * 1000 },
  ms: { step: 1, parse: whole },
  rfc3339: {
    step: 1,
    parse(text) {
      const [, time = '', fraction = '', zone] = RFC3339.exec(text) ?? [];
      // `Date` carries February 30 over into March; what it prints tells.
      const day = new Date(`${time}Z`);
      const isReal = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(time);
      return isReal ? Date.parse(time + fraction + zone) : Number.NaN;
    },
  },
};

const seconds = (ms: number): number => Math.round(ms / 1000);

export function parseTimestamp(text: string, unit: TimestampUnit): Date | undefined {
  const date = new Date(units[unit].parse(text));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/**
 * Whether a verified timestamp is near enough to now, past and future apart. The sender's steps are ours: one that
 * counts whole seconds is compared in whole seconds.
 *
 * @param now Unix ms
 * @param tolerance `undefined`: switched off, by an explicit word
 * @throws WebhookError `ERR_WEBHOOK_TIMESTAMP_MALFORMED`, `…_TOO_OLD`, `…_TOO_NEW`
 */
export function checkTimestamp(
  text: string,
  unit: TimestampUnit,
  now: number,
  tolerance: Tolerance | undefined,
): Date {
  const date = parseTimestamp(text, unit);
  if (date === undefined) {
    throw new WebhookError(
      'ERR_WEBHOOK_TIMESTAMP_MALFORMED',
      `the signed timestamp is not written as ${unit}`,
    );
  }
  if (tolerance === undefined) return date;
  const { step } = units[unit];
  const age = Math.floor(now / step) * step - date.getTime();
  const { past, future } = tolerance;
  // Asked so that a clock which gives no number lets nothing through.
  if (!(age <= past * 1000)) {
    throw new WebhookError(
      'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
      `the delivery was signed ${seconds(age)} s ago and ${past} s are allowed: a replay, a slow queue in between, or this machine's clock is fast`,
    );
  }
  if (!(-age <= future * 1000)) {
    throw new WebhookError(
      'ERR_WEBHOOK_TIMESTAMP_TOO_NEW',
      `the delivery was signed ${seconds(-age)} s from now and ${future} s are allowed: this machine's clock is slow, or the unit is not ${unit}`,
    );
  }
  return date;
}
