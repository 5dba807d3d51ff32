import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

for (const crypto of ['node', 'web']) {
  const imports = crypto === 'web' ? ['--import', here('../timing/use-web-crypto.mjs')] : [];
  const program = [here('run.ts'), ...process.argv.slice(2), '--crypto', crypto];
  const running = spawn(
    process.execPath,
    ['--conditions=@countersign/source', '--import', 'tsx', ...imports, ...program],
    { stdio: 'inherit' },
  );
  const [code] = (await once(running, 'exit')) as [number | null];
  if (code !== 0) process.exitCode = 1;
}
