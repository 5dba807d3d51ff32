import type { Mode } from './crash-options.ts';

/** Where a worker may be told to end itself, once for each event. */
export const STEPS = [
  'before claim',
  'after claim',
  'in handler',
  'after effect',
  'before complete',
  'in COMMIT',
  'after complete',
  'before response',
  'in heartbeat',
  'after job',
] as const;

export type Step = (typeof STEPS)[number];

export interface WorkerOptions {
  readonly mode: Mode;
  readonly port: number;
  /** Told from every other worker of the run, the ones before it on this port included. */
  readonly generation: string;
  readonly ledger: string;
  readonly redis: string;
  readonly prefix: string;
  /** ms */
  readonly lease: number;
  readonly seed: number;
  /** Ends itself by SIGKILL at this step, unless the file `onceFile` says that it has been there. */
  readonly killAt?: Step;
  readonly onceFile?: string;
}

export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
