import type { ClaimResult } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import { explain, historyRun, short, UNDECIDED } from '../src/linearizability/history-run.ts';
import { isLinearizable } from '../src/linearizability/is-linearizable.ts';
import type { Operation, Verb } from '../src/linearizability/operation.ts';
import { subjects } from '../src/linearizability/subjects.ts';
import { describeServers } from './support/describe-servers.ts';

const SEED = 1;
const timeout = 120_000;

/** Answers that a run must have met, or it has not looked at what they mean. */
const ANSWERS = [
  'claim claimed',
  'claim took over',
  'claim busy',
  'claim done',
  'complete true',
  'complete false',
  'release true',
  'release false',
  'extend true',
  'extend false',
];

await describeServers('histories of several processes', ['redis', 'postgres'], () => {
  it.each(subjects.filter(({ caught }) => caught === 0))(
    '$name explains them all',
    { timeout },
    async (subject) => {
      const report = await historyRun(subject, short(SEED));
      expect(explain(report)).toBe('');
      expect(report.bad).toHaveLength(0);
      const met = Object.keys(report.answers).filter(
        (name) => subject.server !== 'postgres' || name !== UNDECIDED,
      );
      expect(met.sort()).toEqual([...ANSWERS].sort());
    },
  );

  it.each(subjects.filter(({ caught }) => caught > 0))('$name is caught', { timeout }, async (subject) => {
    const options = { ...short(SEED), keys: 20 };
    const report = await historyRun(subject, options);
    expect(report.bad.length).toBeGreaterThanOrEqual(subject.caught * options.keys);
  });
});

const claimed = (attempt: number, takeover = false): ClaimResult => ({
  status: 'claimed',
  fence: attempt,
  attempt,
  takeover,
});
const busy = (retryAfterMs: number): ClaimResult => ({ status: 'busy', retryAfterMs });
const done: ClaimResult = { status: 'done', outcome: 'ok' };

type Line = readonly [start: number, end: number, verb: Verb, token: string, answer: Operation['answer']];

/** Only where a clock is read before others see what came of it, or some time after it was seen. */
const possibleApart: Record<string, readonly Line[]> = {
  'a lease that was extended while somebody saw the one before': [
    [0, 1, 'claim', 'a', claimed(1)],
    [20, 60, 'extend', 'a', true],
    [40, 50, 'claim', 'b', busy(55)],
    [70, 71, 'claim', 'b', busy(50)],
  ],
  'a lease counted down after it was seen': [
    [0, 1, 'claim', 'a', claimed(1)],
    [10, 60, 'claim', 'b', busy(50)],
    [20, 21, 'release', 'a', true],
  ],
};

/** All leases last 100 ms. */
const historyOf = (lines: readonly Line[]): Operation[] =>
  lines.map(([start, end, verb, token, answer]) => ({
    ...{ key: 'k', client: token, lease: 100 },
    ...{ start, end, verb, token, answer },
  }));

const possible: Record<string, readonly Line[]> = {
  'one at a time': [
    [0, 1, 'claim', 'a', claimed(1)],
    [2, 3, 'complete', 'a', true],
    [4, 5, 'claim', 'b', done],
  ],
  'an answer that comes after what happened later': [
    [0, 50, 'claim', 'a', claimed(2)],
    [1, 2, 'claim', 'b', claimed(1)],
    [3, 4, 'release', 'b', true],
  ],
  'a claim sent twice': [
    [0, 1, 'claim', 'a', claimed(1)],
    [2, 3, 'claim', 'a', claimed(1)],
  ],
  'a takeover as soon as the lease may be over': [
    [0, 30, 'claim', 'a', claimed(1)],
    [90, 110, 'claim', 'b', claimed(2, true)],
  ],
  'a lease that lasts for as long as it may': [
    [0, 30, 'claim', 'a', claimed(1)],
    [120, 128, 'claim', 'b', busy(5)],
  ],
  'a late end that nobody forestalled': [
    [0, 1, 'claim', 'a', claimed(1)],
    [500, 501, 'complete', 'a', true],
    [502, 503, 'complete', 'a', true],
  ],
  'a lease that was extended': [
    [0, 1, 'claim', 'a', claimed(1)],
    [90, 91, 'extend', 'a', true],
    [150, 151, 'claim', 'b', busy(40)],
  ],
};

const impossible: Record<string, readonly Line[]> = {
  'two first claims': [
    [0, 10, 'claim', 'a', claimed(1)],
    [5, 15, 'claim', 'b', claimed(1)],
  ],
  'a takeover before the lease can be over': [
    [0, 1, 'claim', 'a', claimed(1)],
    [80, 90, 'claim', 'b', claimed(2, true)],
  ],
  'a lease that does not end': [
    [0, 1, 'claim', 'a', claimed(1)],
    [120, 121, 'claim', 'b', busy(50)],
  ],
  'a lease that ends later than it can': [
    [0, 1, 'claim', 'a', claimed(1)],
    [10, 11, 'claim', 'b', busy(150)],
  ],
  'a takeover that does not say so': [
    [0, 1, 'claim', 'a', claimed(1)],
    [200, 201, 'claim', 'b', claimed(2)],
  ],
  'a fence that begins anew after a release': [
    [0, 1, 'claim', 'a', claimed(1)],
    [2, 3, 'release', 'a', true],
    [4, 5, 'claim', 'b', claimed(1)],
  ],
  'an end by somebody else': [
    [0, 1, 'claim', 'a', claimed(1)],
    [2, 3, 'complete', 'b', true],
  ],
  'an end by an owner who was overtaken': [
    [0, 1, 'claim', 'a', claimed(1)],
    [200, 201, 'claim', 'b', claimed(2, true)],
    [202, 203, 'complete', 'a', true],
  ],
  'an owner who is refused': [
    [0, 1, 'claim', 'a', claimed(1)],
    [2, 3, 'extend', 'a', false],
  ],
  'a release of what is done': [
    [0, 1, 'claim', 'a', claimed(1)],
    [2, 3, 'complete', 'a', true],
    [4, 5, 'release', 'a', true],
  ],
  'a claim of what is done': [
    [0, 1, 'claim', 'a', claimed(1)],
    [2, 3, 'complete', 'a', true],
    [200, 201, 'claim', 'b', claimed(2, true)],
  ],
  'an order against the clock': [
    [0, 1, 'claim', 'a', done],
    [2, 3, 'claim', 'b', claimed(1)],
    [4, 5, 'complete', 'b', true],
  ],
  'a claim that counts twice when it is sent twice': [
    [0, 1, 'claim', 'a', claimed(1)],
    [2, 3, 'claim', 'a', claimed(2)],
  ],
};

describe('a history', () => {
  it.each(Object.entries(possible))('is possible: %s', (_, lines) => {
    expect(isLinearizable(historyOf(lines))).toBe(true);
  });

  it.each(Object.entries(possibleApart))('is possible with a clock read apart: %s', (_, lines) => {
    expect(isLinearizable(historyOf(lines))).toBe(false);
    expect(isLinearizable(historyOf(lines), 'apart')).toBe(true);
  });

  it.each(Object.entries(impossible))('is impossible: %s', (_, lines) => {
    expect(isLinearizable(historyOf(lines))).toBe(false);
    expect(isLinearizable(historyOf(lines), 'apart')).toBe(false);
  });
});
