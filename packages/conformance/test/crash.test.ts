import { describe, expect, it } from 'vitest';
import { type Mode, short } from '../src/crash/crash-options.ts';
import { crashRun } from '../src/crash/crash-run.ts';
import { isReachable } from '../src/crash/servers.ts';

const reachable = await isReachable();
const isSkipped = !reachable && process.env.CI === undefined;
const modes: readonly Mode[] = ['transaction', 'lease-redis', 'lease-postgres', 'deferred'];

/** Of the time, so that every run tries another; a failure prints it. */
const seed = Date.now() % 1_000_000;

describe.skipIf(isSkipped)(
  'workers killed at random (skipped without PostgreSQL and Redis, but not where CI is set)',
  () => {
    it.each(modes)(
      'lose nothing, and do nothing twice that no kill explains: %s',
      async (mode) => {
        const { kills, lost, unacknowledged, doubles, unexplained } = await crashRun(short(mode, seed));
        const told = { seed, lost, unacknowledged, unexplained };
        expect(told).toEqual({ seed, lost: 0, unacknowledged: 0, unexplained: [] });
        if (!mode.startsWith('lease')) expect(doubles).toBe(0);
        expect(kills).toBeGreaterThan(0);
      },
      120_000,
    );
  },
);
