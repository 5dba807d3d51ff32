import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { clock, type Effort, type Holdings, type News, type Order, type Run, type Step } from './messages.ts';
import type { ServerOptions } from './server-options.ts';

/** ms to wait for what is certain to come. */
const PATIENCE = 60_000;

/** A server in a process of its own, seen from outside. */
export interface ServerProcess {
  readonly port: number;
  /** Runs so far, by event. */
  readonly runs: ReadonlyMap<string, readonly Run[]>;
  /** What it wrote to its standard error, warnings, and how it ended, if it has. */
  readonly complaints: readonly string[];
  readonly isAlive: boolean;
  /** Waits until an event is held at a step. */
  reached(step: Step, id: string): Promise<void>;
  /** Waits until an event has been run. */
  ran(id: string): Promise<Run>;
  release(id: string): void;
  count(): Promise<{ readonly holdings: Holdings; readonly effort: Effort }>;
  /** Bytes of memory now, and the most since the last time that this was asked. Linux only. */
  memory(): Promise<{ readonly now: number; readonly peak: number }>;
  stop(): Promise<void>;
}

/** Whether memory can be seen from outside. */
export const seesMemory = process.platform === 'linux';

/**
 * Starts a server.
 *
 * @param file its program
 */
export async function startServer(file: string, options: ServerOptions): Promise<ServerProcess> {
  const child: ChildProcess = fork(file, [JSON.stringify(options)], {
    // Little room for garbage: what is measured is what is held.
    execArgv: ['--expose-gc', '--max-semi-space-size=1'],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    env: { ...process.env, NODE_ENV: 'test' },
  });
  const runs = new Map<string, Run[]>();
  const reached = new Set<string>();
  const complaints: string[] = [];
  const waiting = new Set<() => void>();
  let isAlive = true;
  let isWanted = true;
  let counted: { holdings: Holdings; effort: Effort } | undefined;
  let port = 0;

  const look = (): void => {
    for (const each of [...waiting]) each();
  };

  function hear(news: News): void {
    if (news.kind === 'listening') port = news.port;
    if (news.kind === 'step') reached.add(`${news.step} ${news.id}`);
    if (news.kind === 'run') runs.set(news.run.id, [...(runs.get(news.run.id) ?? []), news.run]);
    if (news.kind === 'warning') complaints.push(news.text);
    if (news.kind === 'holdings') counted = news;
    look();
  }

  child.on('message', hear);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => complaints.push(text.trim()));
  child.once('exit', (code, signal) => {
    isAlive = false;
    if (isWanted) complaints.push(`the server ended: ${signal ?? `exit code ${code}`}`);
    look();
  });

  function until<Found>(find: () => Found | undefined, what: string): Promise<Found> {
    const limit = clock() + PATIENCE;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => test(), PATIENCE + 1);
      function test(): void {
        const found = find();
        const isOver = !isAlive || clock() > limit;
        if (found === undefined && !isOver) return;
        clearTimeout(timer);
        waiting.delete(test);
        if (found !== undefined) resolve(found);
        else reject(new Error(`${what}: ${isAlive ? 'waited in vain' : complaints.join('; ')}`));
      }
      waiting.add(test);
      test();
    });
  }

  // What ends in the meantime is noticed by its end.
  const order = (order: Order): void => void (child.connected && child.send(order, () => {}));
  const status = async (name: string): Promise<number> => {
    const text = await readFile(`/proc/${child.pid}/status`, 'utf8');
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]) * 1024;
  };

  await until(() => port || undefined, 'a server that listens');
  return {
    port,
    runs,
    complaints,
    get isAlive() {
      return isAlive;
    },
    reached: async (step, id) =>
      void (await until(() => reached.has(`${step} ${id}`) || undefined, `${id} at its ${step}`)),
    ran: (id) => until(() => runs.get(id)?.[0], `a run of ${id}`),
    release: (id) => order({ kind: 'release', id }),
    async count() {
      counted = undefined;
      order({ kind: 'count' });
      return until(() => counted, 'a count');
    },
    async memory() {
      const [now, peak] = await Promise.all([status('VmRSS'), status('VmHWM')]);
      // The peak begins anew.
      await writeFile(`/proc/${child.pid}/clear_refs`, '5');
      return { now, peak };
    },
    async stop() {
      isWanted = false;
      if (!isAlive) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
