import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A network between a client and its server, to break. */
export interface FaultyProxy {
  readonly port: number;
  /** Connections broken so far, and stalls. */
  hits(): number;
  /** Cuts every connection. */
  reset(): void;
  /** Lets half of the next request through, and cuts its connection then. */
  cutRequest(words?: Words): void;
  /** Lets the next request through, swallows what the server answers, and cuts the connection instead. */
  loseReply(words?: Words): void;
  /** Nothing comes through for a while, in either direction, and all of it after that. */
  stall(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** The next request with one of these in it. Default: whatever comes next. */
type Words = readonly string[];

const ANY: Words = [''];

export async function startFaultyProxy(target: number): Promise<FaultyProxy> {
  const sockets = new Set<Socket>();
  const planned: { readonly words: Words; readonly isCut: boolean }[] = [];
  let isStalled = false;
  let hits = 0;

  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    let isLost = false;
    const cut = (): void => {
      client.destroy();
      upstream.destroy();
    };
    client.on('data', (request) => {
      const [plan] = planned;
      if (isLost || !plan?.words.some((word) => request.includes(word))) return void upstream.write(request);
      planned.shift();
      hits++;
      isLost = true;
      if (!plan.isCut) return void upstream.write(request);
      upstream.end(request.subarray(0, request.length / 2));
      client.destroy();
    });
    upstream.on('data', (reply) => {
      if (isLost) cut();
      else client.write(reply);
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay().on('error', () => {}));
      socket.on('close', () => {
        sockets.delete(socket);
        // What was written upstream still gets there.
        if (socket === upstream || !isLost) cut();
      });
      if (isStalled) socket.pause();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as { port: number }).port,
    hits: () => hits,
    reset() {
      hits += sockets.size / 2;
      cutAll();
    },
    cutRequest(words = ANY) {
      planned.push({ words, isCut: true });
    },
    loseReply(words = ANY) {
      planned.push({ words, isCut: false });
    },
    async stall(ms) {
      isStalled = true;
      hits++;
      for (const socket of sockets) socket.pause();
      await new Promise((resolve) => setTimeout(resolve, ms));
      isStalled = false;
      for (const socket of sockets) socket.resume();
    },
    async close() {
      server.close();
      cutAll();
      await once(server, 'close');
    },
  };
}
