import { type AddressInfo, connect, createServer } from 'node:net';
import { type Command, launch } from './launch.ts';

export interface RunningProgram {
  readonly port: number;
  output(): string;
  /** Whether it has not ended by itself. */
  isThere(): boolean;
  stop(): Promise<void>;
}

/** ms for a server to listen. */
const PATIENCE = 60_000;

/** ms for it to end when it is asked to. */
const FAREWELL = 5000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true)).once('error', end(false));
  });

/** Starts a server on a free port, and waits until it listens. */
export async function startApp(commandFor: (port: number) => Command): Promise<RunningProgram> {
  const port = await freePort();
  const { child, ended, output } = launch(commandFor(port));
  let isThere = true;
  const gone = ended.then((end) => {
    isThere = false;
    return end;
  });

  async function stop(): Promise<void> {
    if (!isThere) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), FAREWELL);
    await gone;
    clearTimeout(timer);
  }

  const deadline = Date.now() + PATIENCE;
  while (!(await listens(port))) {
    if (!isThere || Date.now() > deadline) {
      await stop();
      throw new Error(`it ${await gone} and did not listen; it said: ${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { port, output, isThere: () => isThere, stop };
}
