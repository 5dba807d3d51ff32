import type { GateOutcome } from '@countersign/core';

/** How a worker ends its job: quietly when the event is done, by a throw when the queue has to bring it again. */
export function settleJob(outcome: GateOutcome<unknown>): void {
  if (outcome.status === 'ran' || outcome.status === 'done' || outcome.status === 'rejected') return;
  if ('cause' in outcome) throw outcome.cause;
  throw new Error('another attempt has this job');
}
