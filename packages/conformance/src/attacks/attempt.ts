import type { Delivery } from '@countersign/testing';
import type { Chance } from './attacks.ts';
import type { Verdict } from './recompute.ts';
import type { Target } from './target.ts';

/** A delivery made to deceive, and what it is: recomputed, or known by how it was made. */
export interface Attempt {
  readonly delivery: Delivery;
  readonly verdict: Verdict;
}

/** Makes an attempt on a target; `undefined`: there is nothing to make one of. */
export type Ruse = (target: Target, chance: Chance) => Attempt | undefined;
