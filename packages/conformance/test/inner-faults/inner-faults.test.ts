import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { faultCases, parts, rowOf } from '../../src/inner-faults/fault-cases.ts';
import { faultRows } from '../../src/inner-faults/fault-rows.ts';
import { faultSummary } from '../../src/inner-faults/fault-table.ts';
import { misbehaviours } from '../../src/inner-faults/misbehaviours.ts';
import { runCases } from '../../src/inner-faults/run-cases.ts';
import { summaryLines } from '../../src/inner-faults/summary-lines.ts';

/** Every part and every way of failing; the other ways in, with what tells most. All of them: `test:inner-faults`. */
const telling = new Set(['', 'an Error', 'undefined', 'a Proxy that throws', 'an object of another shape']);
const cases = faultCases.filter(
  ({ way, mode, misbehaviour: { what } }) => (way === 'handle' && mode === 'lease') || telling.has(what),
);

it('whatever fails inside, the sender is told as the table says, and nobody else feels it', async () => {
  const { tried, wrong, unhandled } = await runCases(cases);
  expect(wrong).toEqual([]);
  expect(unhandled).toBe(0);
  expect(tried).toBeGreaterThan(10_000);
}, 240_000);

describe('the table', () => {
  it('has a use for each of its rows', () => {
    const used = new Set(
      parts.flatMap((part) =>
        misbehaviours.filter(({ kind }) => part.kinds.includes(kind)).map((each) => rowOf(part, each)),
      ),
    );
    expect(faultRows.filter((row) => !used.has(row))).toEqual([]);
  });

  it('never has a sender told 2xx whose event had no effect, unless its handler said so', () => {
    const falseOnes = faultCases.filter(
      ({ ending: { told, effects }, way, part: { name } }) =>
        told === 'accepted' && effects === 0 && way !== 'verify' && !/^the (?:handler|quarantine)/.test(name),
    );
    expect(falseOnes).toEqual([]);
  });

  it('is in the README, in short', async () => {
    const readme = await readFile(new URL('../../../core/README.md', import.meta.url), 'utf8');
    expect(readme).toContain(faultSummary());
  });

  it('tells of every part there, or says so in its name', () => {
    const told = new Set(summaryLines.flatMap((line) => line.parts));
    const untold = parts.filter(({ name }) => !told.has(name)).map(({ name }) => name);
    expect(untold.sort()).toEqual(
      [
        // What only a wrong framework, or a gate without a receiver, can bring about.
        'the headers of the request',
        'the method of the request',
        'the url of the request',
        'the body of the request',
        'the platform',
        'onRejected, of a gate',
        'onTrouble, of a gate',
        // Variants of what is there.
        'claim, of one that waits',
        'claim, of an item',
        'complete, of what is given up',
        'take, of an item',
        'drop',
        'drop, of an item',
        'fail',
        'reject',
        'the payload parser, before the signature',
        'the quarantine, in a transaction',
        "the memory store's clock",
        "the memory store's onEvict",
      ].sort(),
    );
  });
});
