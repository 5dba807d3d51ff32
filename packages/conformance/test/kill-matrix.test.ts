import { describe, expect, it } from 'vitest';
import type { Mode } from '../src/crash/crash-options.ts';
import { STEPS } from '../src/crash/worker-options.ts';
import { expected } from '../src/kill-matrix/expected.ts';
import { killRun } from '../src/kill-matrix/kill-run.ts';
import { describeServers } from './support/describe-servers.ts';

const SEED = 1;

await describeServers('a worker that ends itself at a step', ['redis', 'postgres'], () => {
  describe.concurrent(`seed ${SEED}`, () => {
    it.each(Object.keys(expected) as Mode[])('%s', { timeout: 240_000 }, async (mode) => {
      const reports = await killRun(mode, SEED);
      const found = Object.fromEntries(reports.map(({ step, found }) => [step, found]));
      expect(found).toEqual(expected[mode]);
      expect(reports.filter(({ sent }) => sent === 0)).toEqual([]);
      expect(reports.map(({ step }) => step)).toEqual(STEPS);
    });
  });
});
