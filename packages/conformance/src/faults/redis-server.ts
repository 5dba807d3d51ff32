import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** A Redis of the run's own, to kill. */
export interface RedisServer {
  readonly port: number;
  /** Kills it as a crash would, and starts it again on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const redisBinary: string | undefined = [
  '/usr/bin/redis-server',
  '/usr/local/bin/redis-server',
  '/opt/homebrew/bin/redis-server',
].find(existsSync);

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

async function untilItAnswers(port: number): Promise<void> {
  const client = new Redis(port, { retryStrategy: (times) => (times > 200 ? null : 25) });
  client.on('error', () => {});
  try {
    await client.ping();
  } finally {
    client.disconnect();
  }
}

// The server ends with whoever holds the other end of its standard input, however that one ends.
const LEASH = '"$@" >/dev/null & read -r _; kill -9 $!; wait';

/** @param isPersistent each write is on disk before it is answered; otherwise nothing ever is */
export async function startRedis(isPersistent: boolean): Promise<RedisServer> {
  if (redisBinary === undefined) throw new Error('there is no redis-server to start');
  const binary = redisBinary;
  const folder = await mkdtemp(join(tmpdir(), 'countersign-faults-'));
  const port = await freePort();
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: isPersistent ? 'yes' : 'no',
  };
  const words = Object.entries({ ...settings, appendfsync: 'always' }).flatMap(([name, value]) => [
    `--${name}`,
    `${value}`,
  ]);

  async function launch(): Promise<() => Promise<void>> {
    const shell = spawn('/bin/sh', ['-c', LEASH, 'sh', binary, ...words], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const exit = once(shell, 'exit');
    await untilItAnswers(port);
    return async () => {
      shell.stdin.end();
      await exit;
    };
  }

  let end = await launch();
  return {
    port,
    async restart() {
      await end();
      end = await launch();
    },
    async close() {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
