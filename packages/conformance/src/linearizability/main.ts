import { parseArgs } from 'node:util';
import { explain, full, historyRun } from './history-run.ts';
import { subjects } from './subjects.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    keys: { type: 'string' },
  },
});
const seed = Number(values.seed);
const options = { ...full(seed), ...(values.keys !== undefined && { keys: Number(values.keys) }) };
const { processes, clients, keys, operations } = options;
console.log(
  `seed ${seed}: ${processes} processes × ${clients} clients, ${keys} keys × ${operations} operations`,
);

for (const subject of subjects) {
  const report = await historyRun(subject, options);
  const { bad, seconds, checking, answers } = report;
  const { caught } = subject;
  const isAsExpected = caught === 0 ? bad.length === 0 : bad.length >= caught * keys;
  console.log(
    `${isAsExpected ? 'as expected' : 'NOT AS EXPECTED'} | ${subject.name} | ${bad.length} of ${keys} keys rejected` +
      ` | ${seconds.toFixed(1)} s, ${checking.toFixed(2)} s of them checking`,
  );
  if (caught === 0) console.log(`  ${JSON.stringify(answers)}`);
  if (isAsExpected) continue;
  console.log(explain(report));
  process.exitCode = 1;
}
