import { parseArgs } from 'node:util';
import { runningCrypto } from '../running-crypto.ts';
import { runPrimitives } from './run-primitives.ts';

const { values } = parseArgs({
  options: { crypto: { type: 'string' }, seed: { type: 'string' }, runs: { type: 'string' } },
});
if (runningCrypto() !== values.crypto) {
  throw new Error(`the engine runs on ${runningCrypto()}, not on ${values.crypto}`);
}
for await (const tally of runPrimitives(Number(values.seed), Number(values.runs), true))
  process.send?.(tally);
