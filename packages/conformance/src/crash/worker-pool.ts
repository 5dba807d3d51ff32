import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { bundle } from '../bundle.ts';
import type { WorkerOptions } from './worker-options.ts';

/** Processes that answer on a port each, and are replaced when they are killed. */
export interface WorkerPool {
  readonly ports: readonly number[];
  /** Generations that ended by SIGKILL so far. */
  readonly killed: ReadonlySet<string>;
  kill(index: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts in a row that may come to nothing. */
const MAX_UNREADY = 20;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export async function startWorkers(
  count: number,
  options: Omit<WorkerOptions, 'port' | 'generation' | 'seed'>,
  seed: number,
): Promise<WorkerPool> {
  // A worker that was killed is back in a moment.
  const { file, remove } = await bundle(join(import.meta.dirname, 'worker.ts'));
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  const killed = new Set<string>();
  const live: { child: ChildProcess; generation: string }[] = [];
  let started = 0;
  let unready = 0;
  let stopping = false;

  async function start(index: number): Promise<void> {
    const generation = `${index}.${started++}`;
    const own: WorkerOptions = { ...options, generation, port: ports[index] as number, seed: seed + started };
    const child = fork(file, [JSON.stringify(own)], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    live[index] = { child, generation };
    const ended = new Promise<void>((resolve) =>
      child.once('exit', (_code, signal) => {
        if (signal === 'SIGKILL') killed.add(generation);
        resolve();
      }),
    );
    const ready = new Promise((resolve) => child.once('message', () => resolve(true)));
    const isReady = Promise.race([ready, ended]);
    // One that ends itself is replaced as one that was killed is; what never gets ready is not tried for ever.
    void ended.then(async () => {
      unready = (await isReady) === true ? 0 : unready + 1;
      if (!stopping && live[index]?.child === child && unready < MAX_UNREADY) await start(index);
    });
    await isReady;
  }

  await Promise.all(ports.map((_, index) => start(index)));
  return {
    ports,
    killed,
    async kill(index) {
      const { child } = live[index] as { child: ChildProcess };
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await ended;
      }
    },
    async stop() {
      stopping = true;
      await Promise.all(
        live.map(({ child }) => {
          if (child.exitCode !== null || child.signalCode !== null) return undefined;
          const ended = new Promise((resolve) => child.once('exit', resolve));
          child.kill('SIGTERM');
          return ended;
        }),
      );
      await remove();
    },
  };
}
