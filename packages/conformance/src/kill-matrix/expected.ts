import type { Mode } from '../crash/crash-options.ts';
import type { Step } from '../crash/worker-options.ts';

/** What became of an event whose first worker ended itself at a step. */
export interface Outcome {
  /** The store's numbers of the attempts that had an effect. */
  readonly effects: readonly number[];
  /** The last of them was told that an earlier attempt ended without a word. */
  readonly takeover: boolean;
}

/** The step is not on the way of this mode: nobody is killed there. */
export const ABSENT = 'not on the way';

export type Expectation = Outcome | typeof ABSENT;

const undisturbed: Outcome = { effects: [1], takeover: false };
const takenOver: Outcome = { effects: [2], takeover: true };
const doubled: Outcome = { effects: [1, 2], takeover: true };

/** At least once: what happened between the effect and its record happens twice, and says so. */
const lease: Record<Step, Expectation> = {
  'before claim': undisturbed,
  'after claim': takenOver,
  'in handler': takenOver,
  'in heartbeat': takenOver,
  'after effect': doubled,
  'before complete': doubled,
  'in COMMIT': ABSENT,
  'after complete': undisturbed,
  'before response': undisturbed,
  'after job': ABSENT,
};

/** Exactly once: what is not committed leaves nothing behind, its attempt included. */
const transaction: Record<Step, Expectation> = {
  'before claim': undisturbed,
  'after claim': undisturbed,
  'in handler': undisturbed,
  'in heartbeat': ABSENT,
  'after effect': undisturbed,
  'before complete': undisturbed,
  'in COMMIT': undisturbed,
  'after complete': undisturbed,
  'before response': undisturbed,
  'after job': ABSENT,
};

export const expected: Record<Mode, Record<Step, Expectation>> = {
  'lease-redis': lease,
  'lease-postgres': lease,
  transaction,
  deferred: { ...transaction, 'after job': undisturbed },
};
