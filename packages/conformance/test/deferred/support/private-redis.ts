import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REDIS_SERVER, redisTrouble } from './servers.ts';

/** A Redis of the test's own, to be killed and started again over the same files. */
export interface PrivateRedis {
  readonly url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** @param options further arguments of redis-server: by default it keeps nothing */
export async function startPrivateRedis(...options: string[]): Promise<PrivateRedis> {
  const dir = await mkdtemp(join(tmpdir(), 'countersign-deferred-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const fixed = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', dir, '--save', ''];
  let server: ChildProcess | undefined;

  async function kill(): Promise<void> {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const exit = once(server, 'exit');
    server.kill('SIGKILL');
    await exit;
  }

  async function start(): Promise<void> {
    server = spawn(REDIS_SERVER as string, [...fixed, ...options], { stdio: 'ignore' });
    for (let tries = 0; tries < 100; tries++) {
      if ((await redisTrouble(url)) === undefined) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await kill();
    throw new Error(`redis-server does not answer on port ${port}`);
  }

  // Whatever ends the tests ends their server.
  process.once('exit', () => server?.kill('SIGKILL'));
  await start();
  return {
    url,
    kill,
    start,
    async close() {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
