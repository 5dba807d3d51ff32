import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/**
 * Where a worker process kills itself: before its effect is committed; after that, before it is recorded (by lease); or
 * when both are done, before the queue is told.
 */
export type CrashPoint = 'before-commit' | 'before-record' | 'before-completion';

/** The process that is to die, or to be killed after the test. */
export interface Crash {
  /** The signal that ended it. */
  readonly ended: Promise<NodeJS.Signals | null>;
  kill(): void;
}

export const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
};

/** Starts a worker in a process of its own. */
export function startWorker(file: 'bullmq-worker.ts' | 'pg-boss-worker.ts', ...args: string[]): Crash {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--conditions=@countersign/source', '--import', 'tsx', join(import.meta.dirname, file), ...args],
    { cwd: import.meta.dirname, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return {
    ended: once(child, 'exit').then(([, signal]) => signal),
    kill: () => void child.kill('SIGKILL'),
  };
}
