import type { Column } from './tally.ts';

/** A check that a runtime cannot pass, whatever we do. */
export interface LeftOut {
  readonly runtime: string;
  readonly column: Column;
  /** Parts of their names. */
  readonly checks: readonly string[];
  readonly reason: string;
}

export const leftOut: readonly LeftOut[] = [
  {
    runtime: 'workerd',
    column: 'wire',
    checks: ['a sender that listens only after its last byte hears its 413'],
    reason:
      'workerd closes a connection with its answer if much of the body was not read, and lets nothing be read after it: so a worker of one line, too',
  },
  {
    runtime: 'edge',
    column: 'vectors',
    checks: ['nylas 3 valid'],
    reason: 'the edge VM has no DecompressionStream: a compressed payload is answered 400',
  },
];
