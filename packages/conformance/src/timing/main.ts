import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { THRESHOLD } from './statistics.ts';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

console.log(
  'Pairs in an order that is drawn; the slow tail cut off at six places, Welch’s t at each, ' +
    `seen above |t| = ${THRESHOLD}; the difference is of the means below the 80th percentile, ` +
    'its interval by bootstrap. Mistakes are planted (…) to show that they would be seen.',
);
for (const crypto of ['node', 'web']) {
  const imports = crypto === 'web' ? ['--import', here('use-web-crypto.mjs')] : [];
  const measuring = spawn(
    process.execPath,
    [
      '--conditions=@countersign/source',
      '--import',
      'tsx',
      ...imports,
      here('measure.ts'),
      '--crypto',
      crypto,
      ...process.argv.slice(2),
    ],
    { stdio: 'inherit' },
  );
  const [code] = (await once(measuring, 'exit')) as [number | null];
  if (code !== 0) process.exitCode = 1;
}
