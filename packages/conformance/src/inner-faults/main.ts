import { parseArgs } from 'node:util';
import { faultCases, titleOf } from './fault-cases.ts';
import { faultSummary, faultTable } from './fault-table.ts';
import { runCases } from './run-cases.ts';

const { values } = parseArgs({
  options: {
    /** Cases whose title has this in it. */
    only: { type: 'string', default: '' },
    summary: { type: 'boolean', default: false },
  },
});
console.log(values.summary ? faultSummary() : faultTable());

const cases = faultCases.filter((each) => titleOf(each).includes(values.only));
const started = performance.now();
const { tried, wrong, unhandled, slowest } = await runCases(cases);
for (const { title, complaints } of wrong) console.log(`WRONG | ${title} | ${complaints.join('; ')}`);
const seconds = (performance.now() - started) / 1000;
console.log(
  `${tried} faults, ${wrong.length} not as the table says, ${unhandled} unhandled rejections, ` +
    `the slowest answer after ${slowest} ms of its own time; ${seconds.toFixed(1)} s`,
);
if (wrong.length + unhandled > 0) process.exitCode = 1;
