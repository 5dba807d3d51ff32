import { connect, createServer, type Socket } from 'node:net';

/** A network between a client and its server, to break. */
export interface TcpProxy {
  readonly port: number;
  /** Replies swallowed so far. */
  lost(): number;
  /** Swallows the next reply, and cuts its connection instead. */
  loseNextReply(): void;
  /** Cuts every connection, and refuses new ones until `mend`. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function startTcpProxy(target: number): Promise<TcpProxy> {
  let isLossy = false;
  let lost = 0;
  const sockets = new Set<Socket>();
  const proxy = createServer((downstream) => {
    const upstream = connect(target, '127.0.0.1');
    for (const socket of [downstream, upstream]) sockets.add(socket.on('error', () => {}));
    downstream.pipe(upstream);
    upstream.on('data', (reply) => {
      if (!isLossy) return void downstream.write(reply);
      isLossy = false;
      lost++;
      downstream.destroy();
      upstream.destroy();
    });
    upstream.on('close', () => downstream.destroy());
    downstream.on('close', () => upstream.destroy());
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => proxy.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = proxy.address() as { port: number };

  async function cut(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await new Promise((resolve) => proxy.close(resolve));
  }

  return {
    port,
    lost: () => lost,
    loseNextReply() {
      isLossy = true;
    },
    cut,
    mend: () => listen(port),
    close: cut,
  };
}
