import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Section } from '../section.ts';

const run = promisify(execFile);

/** WebCrypto as Node has it: each call goes through its thread pool. */
export const webSection: Section = {
  async run() {
    const program = fileURLToPath(new URL('verify-web-main.js', import.meta.url));
    const { stdout } = await run(process.execPath, ['--expose-gc', program]);
    return [
      {
        title: 'verify + parse by WebCrypto, beside subtle.verify with a key imported once',
        rows: JSON.parse(stdout),
      },
    ];
  },
};
