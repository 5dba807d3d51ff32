import { type ChildProcess, spawn } from 'node:child_process';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Where it runs. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export interface Launched {
  readonly child: ChildProcess;
  /** Says how it ended. */
  readonly ended: Promise<string>;
  /** What it has printed so far. */
  output(): string;
}

export function launch({ file, args, cwd, env }: Command): Launched {
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('close', (code, signal) => resolve(`ended with ${signal ?? code}`));
  });
  return { child, ended, output: () => output };
}
