import type { Ruse } from '../attempt.ts';
import { downgradeRuses } from './downgrade-ruses.ts';
import { fieldRecut } from './field-recut.ts';
import { headerLists } from './header-lists.ts';
import { placedAttacks } from './placed-attacks.ts';
import { recuts } from './recuts.ts';
import { repeats } from './repeats.ts';

/** By name. Each knows what it made, and is for those ways to deliver that have what it works on. */
export const ruses: Readonly<Record<string, Ruse>> = {
  ...downgradeRuses,
  ...recuts,
  'two fields, cut elsewhere': fieldRecut,
  ...repeats,
  ...headerLists,
  ...placedAttacks,
};
