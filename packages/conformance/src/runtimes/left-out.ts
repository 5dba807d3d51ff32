import type { Column } from './tally.ts';

/** A check that a runtime cannot pass, whatever we do. */
export interface LeftOut {
  readonly runtime: string;
  readonly column: Column;
  /** Parts of their names. */
  readonly checks: readonly string[];
  readonly reason: string;
}

/** It needs three requests of one connection at work at the same time. */
const PIPELINED = 'a sender that hangs up while answers wait for each other leaves no claim behind';

export const leftOut: readonly LeftOut[] = [
  {
    runtime: 'bun',
    column: 'adapters',
    checks: [`hono on Bun.serve: ${PIPELINED}`, `fetch on Bun.serve: ${PIPELINED}`],
    reason: 'Bun.serve takes the next request of a connection when it has answered the one before',
  },
  {
    runtime: 'deno',
    column: 'adapters',
    checks: [`hono on Deno.serve: ${PIPELINED}`, `fetch on Deno.serve: ${PIPELINED}`],
    reason: 'Deno.serve takes the next request of a connection when it has answered the one before',
  },
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
