import type { Delivery } from '../delivery.ts';
import type { SenderName } from '../senders.ts';

export type Job = 'verify' | 'verify + parse';

/** One way to do a job on deliveries of one sender. */
export interface Contender {
  readonly name: string;
  readonly sender: SenderName;
  readonly job: Job;
  /** What one call does, with everything made ready that an application keeps. Throws, or rejects, when it refuses. */
  prepare(delivery: Delivery): Call;
}

export interface Call {
  run(): unknown;
  /** Makes what the next so many calls use up, outside of the clock. */
  supply?(calls: number): void;
}
