import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Child {
  readonly process: ChildProcess;
  /** The next thing that it says. Rejects when it ends without a word. */
  hear(): Promise<unknown>;
  go(): void;
}

/** Starts `child.ts`, and resolves when it is ready. */
export async function spawnChild(task: 'race' | 'hold', file: string, amount: number): Promise<Child> {
  const args = ['--conditions=@countersign/source', '--import', 'tsx', join(import.meta.dirname, 'child.ts')];
  const child = spawn(process.execPath, [...args, task, file, String(amount)], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const hear = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`the child ended without a word: ${child.exitCode ?? child.signalCode}`);
    return JSON.parse(value);
  };
  await hear();
  return { process: child, hear, go: () => void child.stdin.write('go\n') };
}

export async function kill({ process: child }: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
