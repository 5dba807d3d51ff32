import { parseArgs } from 'node:util';

export type Mode = 'transaction' | 'lease-redis' | 'lease-postgres' | 'deferred';

export interface CrashOptions {
  readonly mode: Mode;
  readonly events: number;
  /** Times that the sender sends each event, each until it is told 2xx. */
  readonly deliveries: number;
  readonly workers: number;
  /** ms between two kills, on average; 0: none. */
  readonly killEvery: number;
  /** Deliveries on their way at once. */
  readonly concurrency: number;
  readonly seed: number;
  /** ms after which the run is given up as failed. */
  readonly limit: number;
}

const full = (mode: Mode, seed: number): CrashOptions => ({
  mode,
  events: 10_000,
  deliveries: 5,
  workers: 4,
  killEvery: 400,
  concurrency: 96,
  seed,
  limit: 1_800_000,
});

/** The same in a few seconds. */
export const short = (mode: Mode, seed: number): CrashOptions => ({
  ...full(mode, seed),
  events: 100,
  deliveries: 3,
  workers: 3,
  killEvery: 400,
  concurrency: 32,
  limit: 90_000,
});

const MODES: readonly Mode[] = ['transaction', 'lease-redis', 'lease-postgres', 'deferred'];

/** `--mode transaction --seed 7 --events 1000`; without a mode, all of them. */
export function crashRuns(): readonly CrashOptions[] {
  const { values } = parseArgs({
    options: {
      mode: { type: 'string' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      events: { type: 'string' },
      'kill-every': { type: 'string' },
    },
  });
  const modes = values.mode === undefined ? MODES : MODES.filter((mode) => mode === values.mode);
  if (modes.length === 0) throw new Error(`--mode is one of ${MODES.join(', ')}`);
  return modes.map((mode) => {
    const options = full(mode, Number(values.seed));
    return {
      ...options,
      events: Number(values.events ?? options.events),
      killEvery: Number(values['kill-every'] ?? options.killEvery),
    };
  });
}
