import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The program of an npm package. npx fetches it where it is not there: nobody has to install it. */
export async function binaryOf(spec: string): Promise<string> {
  const name = spec.slice(0, spec.lastIndexOf('@'));
  // The one that runs this is not fetched again.
  if (spec === `node@${process.versions.node}`) return process.execPath;
  const { stdout } = await run('npx', ['--yes', '-p', spec, '-c', `command -v ${name}`], {
    timeout: 300_000,
  });
  return realpath(stdout.trim());
}
