import type { DerElement } from './der-element.ts';

const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;

/**
 * Unix ms of a time in a certificate (RFC 5280 section 4.1.2.5).
 *
 * @throws TypeError
 */
export function derTime({ tag, content }: DerElement): number {
  const text = new TextDecoder().decode(content);
  const century = tag === UTC_TIME ? (Number(text.slice(0, 2)) < 50 ? '20' : '19') : '';
  const [, year, month, day, hour, minute, second] = TIME.exec(century + text) ?? [];
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = new Date(`${written}Z`);
  // `Date` carries February 30 over into March; what it prints tells.
  const isReal = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(written);
  if ((tag !== UTC_TIME && tag !== GENERALIZED_TIME) || !isReal)
    throw new TypeError('this certificate has no readable time');
  return time.getTime();
}
