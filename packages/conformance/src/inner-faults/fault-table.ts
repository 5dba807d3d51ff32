import { parts, rowOf } from './fault-cases.ts';
import type { FaultRow } from './fault-rows.ts';
import { type Misbehaviour, misbehaviours } from './misbehaviours.ts';
import type { Part } from './parts/part.ts';
import type { Ending } from './story.ts';
import { type SummaryLine, summaryLines } from './summary-lines.ts';
import { answers, type Told } from './told.ts';

const row = (cells: readonly string[]): string =>
  `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|')}|`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const again: Record<Ending['again'], string> = {
  no: 'no',
  'at once': 'yes',
  'after the lease': 'yes, when the lease is over',
};

function toldTo(told: Told): string {
  const [status, body] = answers[told];
  const { error } = JSON.parse(body === 'pong' ? '{}' : body) as { error?: string };
  return error === undefined ? String(status) : `${status} \`${error}\``;
}

const USUAL = 'as if it had not failed';

const endCells = ({ ends }: FaultRow): readonly [told: string, again: string] =>
  ends === 'as usual' ? [USUAL, ''] : [toldTo(ends.told), again[ends.again]];

const isCalled = ({ kind, what }: Misbehaviour, fault: string): boolean =>
  fault === kind || fault === `${kind}: ${what}`;

/** What all faults of a line come to. A line whose faults end differently is a mistake. */
function endOf({ what, how, parts: names, faults }: SummaryLine): readonly string[] {
  const ends = names.flatMap((name) => {
    const part = parts.find((each) => each.name === name) as Part;
    return misbehaviours
      .filter(({ kind }) => part.kinds.includes(kind))
      .filter((each) => faults.some((fault) => isCalled(each, fault)))
      .map((each) => endCells(rowOf(part, each)).join('\n'));
  });
  const [first = '', ...others] = new Set(ends);
  if (first === '' || others.length > 0) {
    throw new Error(`"${what} ${how}" ends in ${ends.length === 0 ? 'nothing' : 'several ways'}`);
  }
  return first.split('\n');
}

/** What a user has to know of it. */
export const faultSummary = (): string =>
  table(
    ['what fails', 'how', 'the sender is told', 'its event runs again'],
    summaryLines.map((line) => [line.what, line.how, ...endOf(line)]),
  );

/** How a part fails, of all the ways that end in one row. */
function howOf(part: Part, ended: FaultRow): string {
  const kinds = part.kinds.flatMap((kind) => {
    const all = misbehaviours.filter((each) => each.kind === kind);
    const mine = all.filter((each) => rowOf(part, each) === ended);
    if (mine.length === 0) return [];
    if (mine.length === all.length) return [kind];
    const whats = mine.map(({ what }) => what).join(', ');
    return [mine.length > all.length / 2 ? `${kind} anything else` : `${kind}: ${whats}`];
  });
  return kinds.join('; ');
}

/** Every part, with every way in which it fails. */
export const faultTable = (): string =>
  table(
    ['what fails', 'in the course of', 'how', 'the sender is told', 'its event runs again'],
    parts.flatMap((part) => {
      const ended = new Set(
        misbehaviours.filter(({ kind }) => part.kinds.includes(kind)).map((each) => rowOf(part, each)),
      );
      return [...ended].map((each) => [part.name, part.story.title, howOf(part, each), ...endCells(each)]);
    }),
  );
