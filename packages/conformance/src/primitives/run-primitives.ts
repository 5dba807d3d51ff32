import { hmac } from '@countersign/core';
import type { Tally } from './primitive.ts';
import { primitives } from './subjects/index.ts';

/** What the engine really runs on here: only WebCrypto answers later. */
export function runningCrypto(): 'node' | 'web' {
  const probe = hmac({ header: '-', hash: 'sha256', encoding: 'hex', content: [] }).key(new Uint8Array(1));
  return probe.sign?.([]) instanceof Promise ? 'web' : 'node';
}

const allShares = primitives.reduce((sum, { share }) => sum + share, 0);

/** Each primitive in turn, on its share of the runs. */
export async function* runPrimitives(seed: number, runs: number, isLong: boolean): AsyncGenerator<Tally> {
  for (const { share, run } of primitives) {
    yield run({ seed, runs: Math.ceil((runs * share) / allShares), isLong });
  }
}
