import type { Delivery } from '@countersign/testing';
import type { HeaderLists } from './judge.ts';
import type { Chance } from './pick.ts';
import type { Verdict } from './recompute.ts';
import type { Target } from './target.ts';

/** A delivery made to deceive, and what it is: recomputed, or known by how it was made. */
export interface Attempt {
  readonly delivery: Delivery;
  /** Headers of it that come as lists, on Node's own request. */
  readonly lists?: HeaderLists;
  readonly verdict: Verdict;
}

/** Makes an attempt on a target; `undefined`: there is nothing to make one of. */
export type Ruse = (target: Target, chance: Chance) => Attempt | undefined;
