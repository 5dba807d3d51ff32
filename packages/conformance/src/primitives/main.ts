import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hasWycheproof } from '../../../core/test/support/wycheproof.ts';
import type { Tally } from './primitive.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** Inputs that are drawn, for all primitives on both back ends; those that are always tried come on top. */
    runs: { type: 'string', default: '1000000' },
  },
});
const [seed, runs] = [Number(values.seed), Number(values.runs)];
const started = performance.now();

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** A process of its own for each: which one the engine runs on is settled when it is loaded. */
async function tallyOn(crypto: string, ownSeed: number): Promise<readonly Tally[]> {
  const tallies: Tally[] = [];
  const imports = crypto === 'web' ? ['--import', here('../timing/use-web-crypto.mjs')] : [];
  const measuring = fork(
    here('measure.ts'),
    ['--crypto', crypto, '--seed', String(ownSeed), '--runs', String(Math.ceil(runs / 2))],
    { execArgv: ['--conditions=@countersign/source', '--import', 'tsx', ...imports] },
  );
  measuring.on('message', (tally) => tallies.push(tally as Tally));
  const [code] = (await once(measuring, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the run on ${crypto} ended with ${code}`);
  return tallies;
}

const backends = ['node', 'web'];
// Other inputs on each: what does not depend on the back end has them all.
const reports = await Promise.all(backends.map((crypto, at) => tallyOn(crypto, seed + at)));
const rows = reports.flatMap((tallies, at) => tallies.map((tally) => ({ crypto: backends[at], ...tally })));

console.log(`seed ${seed}${hasWycheproof ? '' : '; without Wycheproof: ../shared/wycheproof is not there'}`);
console.log('primitive | back end | inputs tried | taken | disagreements');
for (const { name, crypto, tried, taken, disagreements } of rows) {
  console.log([name, crypto, tried, taken, disagreements.length].join(' | '));
  for (const each of disagreements) console.log(`  ${each}`);
}
const sum = (count: (row: Tally) => number): number => rows.reduce((total, row) => total + count(row), 0);
const disagreements = sum((row) => row.disagreements.length);
const seconds = Math.round((performance.now() - started) / 1000);
console.log(
  JSON.stringify({ seed, primitives: rows.length, tried: sum(({ tried }) => tried), disagreements, seconds }),
);
if (disagreements > 0) process.exitCode = 1;
