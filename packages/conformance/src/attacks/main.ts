import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** WebCrypto takes several times as long for the same, and has a fifth of it. */
const shares = { node: 1, web: 0.2 };

for (const [crypto, share] of Object.entries(shares)) {
  const imports = crypto === 'web' ? ['--import', here('../timing/use-web-crypto.mjs')] : [];
  const program = [here('run.ts'), ...process.argv.slice(2), '--crypto', crypto, '--share', String(share)];
  const running = spawn(
    process.execPath,
    ['--conditions=@countersign/source', '--import', 'tsx', ...imports, ...program],
    { stdio: 'inherit' },
  );
  const [code] = (await once(running, 'exit')) as [number | null];
  if (code !== 0) process.exitCode = 1;
}
