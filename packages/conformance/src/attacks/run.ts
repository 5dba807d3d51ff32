import { parseArgs } from 'node:util';
import { confidants } from '../privacy/confidants.ts';
import { attackAll } from './campaign.ts';
import { crossAll } from './pairs.ts';
import { swellAll } from './sizes.ts';
import { targetOf } from './target.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    deliveries: { type: 'string', default: '1000000' },
    crypto: { type: 'string', default: 'node' },
    share: { type: 'string', default: '1' },
  },
});
const targets = (await confidants()).map(targetOf);
const recomputed = targets.filter(({ fact }) => fact !== undefined).length;
const { tallies, wrong } = await attackAll(targets, {
  seed: Number(values.seed),
  deliveries: Math.ceil(Number(values.deliveries) * Number(values.share)),
});
console.log(
  `${values.crypto}, seed ${values.seed}: ${targets.length} ways to deliver, ${recomputed} of them recomputed`,
);
console.table(
  Object.fromEntries([...tallies].map(([name, { ways, ...tally }]) => [name, { ways: ways.size, ...tally }])),
);
const sum = (of: 'tried' | 'wrong') => [...tallies.values()].reduce((total, tally) => total + tally[of], 0);
console.log(`${sum('tried')} deliveries, ${sum('wrong')} wrong verdicts`);
for (const [what, times] of wrong) console.log(`  ${what} (${times})`);

const crossing = await crossAll(targets);
console.log(
  `${crossing.tried} deliveries to others, ${crossing.undecided} of them undecided, ${crossing.wrong.length} wrong`,
);
for (const what of crossing.wrong) console.log(`  ${what}`);

const swollen = await swellAll(targets);
console.log(
  `${swollen.tried} headers of 512 KiB and 1 MiB, ${swollen.wrong.length} wrong, ${swollen.grown.length} grew too fast, the slowest refused in ${swollen.slowest.toFixed(1)} ms`,
);
for (const what of [...swollen.wrong, ...swollen.grown]) console.log(`  ${what}`);

if (wrong.size + crossing.wrong.length + swollen.wrong.length + swollen.grown.length > 0)
  process.exitCode = 1;
