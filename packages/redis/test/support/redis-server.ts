import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** A Redis of the test's own, which keeps nothing: to stop, to flush, to measure. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** Kills it as a crash would. What it knew is gone. */
  stop(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Stops it for good, and removes its folder. */
  close(): Promise<void>;
}

const BINARY = [
  '/usr/bin/redis-server',
  '/usr/local/bin/redis-server',
  '/opt/homebrew/bin/redis-server',
].find(existsSync);

export const canStartRedis: boolean = BINARY !== undefined;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/** Whether a Redis answers there. */
export async function answers(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}

// The server ends with whoever holds the other end of its standard input, however that one ends.
const LEASH = '"$@" >/dev/null & echo $!; read -r _; kill -9 $!; wait';

interface Running {
  readonly pid: number;
  end(): Promise<void>;
}

async function launch(port: number, dir: string, options: readonly string[]): Promise<Running> {
  const fixed = [
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--dir',
    dir,
    '--save',
    '',
    '--appendonly',
    'no',
  ];
  const command = [BINARY as string, ...fixed, ...options];
  const shell = spawn('/bin/sh', ['-c', LEASH, 'sh', ...command], { stdio: ['pipe', 'pipe', 'ignore'] });
  const exit = once(shell, 'exit');
  const [line] = await once(shell.stdout, 'data');
  const pid = Number(line);
  async function end(): Promise<void> {
    shell.stdin.end();
    await exit;
  }
  for (let tries = 0; tries < 100; tries++) {
    if (await answers(`redis://127.0.0.1:${port}`)) return { pid, end };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await end();
  throw new Error(`redis-server does not answer on port ${port}`);
}

/** @param options further arguments of redis-server */
export async function startRedis(...options: string[]): Promise<RedisServer> {
  const dir = await mkdtemp(join(tmpdir(), 'countersign-redis-'));
  const port = await freePort();
  let running = await launch(port, dir, options);

  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return running.pid;
    },
    stop: () => running.end(),
    async start() {
      running = await launch(port, dir, options);
    },
    async close() {
      await running.end();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
