import type { Layout } from './layout.ts';

/** Every attack on the time is far beyond, and every genuine delivery is made now: no edge is asked about. */
const NEAR_MS = 60_000;

const WHOLE = /^[1-9][0-9]*$/;
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** Unix ms, or no number. */
const readers: Readonly<Record<NonNullable<Layout['unit']>, (text: string) => number>> = {
  s: (text) => (WHOLE.test(text) ? Number(text) * 1000 : Number.NaN),
  ms: (text) => (WHOLE.test(text) ? Number(text) : Number.NaN),
  rfc3339: (text) => (DATE.test(text) ? Date.parse(text) : Number.NaN),
};

/** Whether this is a time as the vendor writes it, and about now. */
export const isNear = (text: string, unit: NonNullable<Layout['unit']>, now: number): boolean =>
  Math.abs(readers[unit](text) - now) <= NEAR_MS;
