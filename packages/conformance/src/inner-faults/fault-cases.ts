import { type FaultRow, faultRows } from './fault-rows.ts';
import { type Misbehaviour, misbehaviours } from './misbehaviours.ts';
import type { Mode } from './mode.ts';
import { checkingParts, requestParts } from './parts/checking-parts.ts';
import { leaseParts, transactionParts } from './parts/keeping-parts.ts';
import type { Part } from './parts/part.ts';
import { gateParts, tellingParts } from './parts/telling-parts.ts';
import { workingParts } from './parts/working-parts.ts';
import type { Ending } from './story.ts';
import type { WayName } from './way-name.ts';

export const parts: readonly Part[] = [
  ...checkingParts,
  ...requestParts,
  ...leaseParts,
  ...transactionParts,
  ...workingParts,
  ...tellingParts,
  ...gateParts,
];

/** One part that fails in one way, under one guarantee, for a delivery that comes in on one way. */
export interface FaultCase {
  readonly part: Part;
  readonly misbehaviour: Misbehaviour;
  readonly mode: Mode;
  readonly way: WayName;
  readonly row: FaultRow;
  readonly ending: Ending;
}

/** Where each way in leads to. */
const reaches: Record<WayName, readonly Mode[]> = {
  receive: ['lease', 'transaction', 'deferred', 'none'],
  handle: ['lease', 'transaction', 'deferred', 'none'],
  fetch: ['lease', 'transaction', 'deferred', 'none'],
  verify: ['lease'],
  open: ['lease', 'none'],
  gate: ['lease', 'transaction'],
};

export function rowOf(part: Part, { kind, what }: Misbehaviour): FaultRow {
  const row = faultRows.find(
    ({ parts: names, how }) =>
      names.includes(part.name) &&
      (how === undefined || how.includes(kind) || how.includes(`${kind}: ${what}`)),
  );
  if (row === undefined) throw new Error(`no row says what happens when ${part.name} ${kind} ${what}`);
  return row;
}

const isTaken = ({ told }: Ending): boolean => told === 'accepted' || told === 'ERR_WEBHOOK_PERMANENT';

/** The same ending, as each guarantee has it. */
const endings: Record<Mode, (ending: Ending) => Ending> = {
  lease: (ending) => ending,
  deferred: (ending) =>
    ending.told === 'ERR_WEBHOOK_HANDLER_FAILED' ? { ...ending, told: 'ERR_WEBHOOK_ENQUEUE_FAILED' } : ending,
  // What is not committed leaves nothing behind, and there is no lease to wait for.
  transaction: (ending) => ({
    ...ending,
    effects:
      ending.told.startsWith('ERR_') && ending.told !== 'ERR_WEBHOOK_STORE_UNAVAILABLE' ? 0 : ending.effects,
    again: ending.again === 'after the lease' ? 'at once' : ending.again,
  }),
  // Nothing is remembered.
  none: (ending) => ({
    ...ending,
    again: ending.again === 'no' && !isTaken(ending) ? 'no' : 'at once',
  }),
};

/** `verify` runs no handler. */
const endingOn = (way: WayName, ending: Ending): Ending =>
  way === 'verify' ? { ...ending, effects: 0, again: 'no' } : ending;

function casesOf(part: Part, misbehaviour: Misbehaviour): readonly FaultCase[] {
  const { story, ways, modes } = part;
  const row = rowOf(part, misbehaviour);
  const plain = row.ends === 'as usual' ? story.usual : row.ends;
  return ways
    .filter((way) => way !== 'gate' || story.isOfGate)
    .flatMap((way) =>
      reaches[way]
        .filter((mode) => modes.includes(mode))
        .map((mode) => {
          const ending = endingOn(way, endings[mode](plain));
          return { part, misbehaviour, mode, way, row, ending };
        }),
    );
}

/** Every part, failing in every way in which it can, under every guarantee, on every way in. */
export const faultCases: readonly FaultCase[] = parts.flatMap((part) =>
  misbehaviours.filter(({ kind }) => part.kinds.includes(kind)).flatMap((each) => casesOf(part, each)),
);

export const titleOf = ({ part, misbehaviour: { kind, what }, mode, way }: FaultCase): string =>
  `${part.name} | ${kind} ${what} | ${mode} | ${way}`;
