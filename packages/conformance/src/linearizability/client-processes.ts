import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { bundle } from '../bundle.ts';
import type { ClientOptions } from './client-process.ts';
import type { Operation } from './operation.ts';

export interface ClientProcesses {
  /** All clients of all processes go at these keys at once. */
  play(keys: readonly number[]): Promise<readonly Operation[]>;
  stop(): Promise<void>;
}

/** Starts a process for each index; all of one bundle, which loads faster than the sources. */
export async function startClients(
  processes: number,
  options: Omit<ClientOptions, 'process'>,
): Promise<ClientProcesses> {
  const { file, remove } = await bundle(join(import.meta.dirname, 'client-process.ts'));
  const children: ChildProcess[] = [];

  /** The next message, unless the process ends before. */
  async function answerOf(child: ChildProcess): Promise<unknown> {
    const stop = new AbortController();
    const { signal } = stop;
    const ended = once(child, 'exit', { signal }).then(() => {
      throw new Error('a client process ended: see what it wrote');
    });
    const [answer] = await Promise.race([once(child, 'message', { signal }), ended]);
    ended.catch(() => {});
    stop.abort();
    return answer;
  }

  const stop = async (): Promise<void> => {
    await Promise.all(
      children.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, 'exit');
        child.disconnect();
        await ended;
      }),
    );
    await remove();
  };

  for (let process = 0; process < processes; process++) {
    const own: ClientOptions = { ...options, process };
    children.push(
      fork(file, [JSON.stringify(own)], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
    );
  }
  try {
    await Promise.all(children.map(answerOf));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    async play(keys) {
      const answers = children.map(answerOf);
      for (const child of children) child.send([...keys]);
      return ((await Promise.all(answers)) as Operation[][]).flat();
    },
    stop,
  };
}
