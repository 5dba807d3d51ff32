import { isDeepStrictEqual, parseArgs } from 'node:util';
import type { Mode } from '../crash/crash-options.ts';
import { expected } from './expected.ts';
import { killRun } from './kill-run.ts';

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
const seed = Number(values.seed);
const modes = Object.keys(expected) as Mode[];
const started = Date.now();
const reports = (await Promise.all(modes.map((mode) => killRun(mode, seed)))).flat();

console.log(`seed ${seed}, ${Math.round((Date.now() - started) / 1000)} s`);
for (const { mode, step, sent, found } of reports) {
  const isAsExpected = sent > 0 && isDeepStrictEqual(found, expected[mode][step]);
  const outcome =
    typeof found === 'string'
      ? found
      : `${found.effects.length} effect${found.effects.length === 1 ? '' : 's'}, attempt ${found.effects.join(' and ')}` +
        `${found.takeover ? ', takeover' : ''}`;
  console.log(
    `${isAsExpected ? 'as expected' : 'NOT AS EXPECTED'} | ${mode} | ${step} | ${outcome} | ` +
      `${sent === 0 ? 'never told 2xx' : `2xx after ${sent}`}`,
  );
  if (!isAsExpected) process.exitCode = 1;
}
