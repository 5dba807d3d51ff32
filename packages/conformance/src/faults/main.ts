import { parseArgs } from 'node:util';
import { brokenPromises } from './broken-promises.ts';
import { faultCases } from './fault-run.ts';
import { full } from './load.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    guarantee: { type: 'string' },
  },
});
const options = full(Number(values.seed));
const { seed, events, copies, strikes } = options;

let unhandled = 0;
process.on('unhandledRejection', (reason) => {
  unhandled++;
  console.error('unhandled:', reason);
});

console.log(`seed ${seed}: ${events} events × ${copies} deliveries, ${strikes} strikes each`);
for (const each of faultCases) {
  if (values.guarantee !== undefined && values.guarantee !== each.guarantee) continue;
  const report = await each.run(options);
  const { told, effects, lost, hits, forgotten, unrecorded, unexplained, seconds } = report;
  const complaints = brokenPromises(each, options, report);
  console.log(
    `${complaints.length === 0 ? 'as promised' : 'BROKEN'} | ${each.guarantee} | ${each.fault}` +
      `${each.isNetwork ? `, ${hits} hits` : ''} | ` +
      `told ${JSON.stringify(told)} | ${effects} effects of ${events} events, ${lost} lost | ` +
      `doubles: ${forgotten} forgotten, ${unrecorded} unrecorded, ${unexplained.length} unexplained | ${seconds.toFixed(1)} s`,
  );
  for (const complaint of complaints) console.log(`  ${complaint}`);
  if (complaints.length > 0) process.exitCode = 1;
}
// What runs on in the background may still fail.
await new Promise((resolve) => setTimeout(resolve, 1000));
console.log(`${unhandled} unhandled rejections`);
if (unhandled > 0) process.exitCode = 1;
