import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import type { ServerOptions } from './load-options.ts';
import type { News, Vitals } from './messages.ts';

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Whether a process can be held to one core. */
export const canPin = hasTaskset();

/** Keeps this process off the core of the server, and the server on it. */
export function leaveFirstCore(): void {
  if (canPin) execFileSync('taskset', ['-cp', '1-1023', String(process.pid)], { stdio: 'ignore' });
}

/** A server on one core, seen from outside. */
export class LoadServer {
  readonly #child: ChildProcess;
  readonly port: number;
  /** How it ended, if it has. */
  ended: string | undefined;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
    child.once('exit', (code, signal) => {
      this.ended = `the server ended: ${signal ?? `exit code ${code}`}`;
    });
  }

  /** @param file its program */
  static async start(file: string, options: ServerOptions): Promise<LoadServer> {
    const child = fork(file, [JSON.stringify(options)], {
      ...(canPin && { execPath: 'taskset' }),
      execArgv: [...(canPin ? ['-c', '0', process.execPath] : []), '--expose-gc'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    const [news] = (await once(child, 'message')) as [News];
    if (news.kind !== 'listening') throw new Error('a server that does not say where it listens');
    return new LoadServer(child, news.port);
  }

  async vitals(): Promise<Vitals> {
    if (this.ended !== undefined) throw new Error(this.ended);
    const told = once(this.#child, 'message') as Promise<[News & { kind: 'vitals' }]>;
    this.#child.send('vitals');
    return (await told)[0];
  }

  async stop(): Promise<void> {
    if (this.ended !== undefined) return;
    const over = once(this.#child, 'exit');
    this.#child.disconnect();
    await over;
  }
}
