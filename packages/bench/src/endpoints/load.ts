import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Delivery } from '../delivery.ts';

/** The bytes of a request. */
export function wireOf({ body, headers }: Delivery, path = '/webhooks'): Buffer {
  const lines = Object.entries({
    host: 'localhost',
    'content-type': 'application/json',
    'content-length': String(body.length),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
}

/** Reads answers off a connection: a status, and as much body as it announces. */
async function exchange(socket: Socket, request: Buffer): Promise<number> {
  socket.write(request);
  let text = '';
  for (;;) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    text += chunk.toString('latin1');
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) continue;
    const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
    const isWhole =
      length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= end + 4 + Number(length);
    if (isWhole) return Number(text.slice(9, 12));
  }
}

/** Sends all requests over so many connections that stay open; every one must be answered 200. Resolves to seconds. */
export async function load(port: number, requests: readonly Buffer[], connections: number): Promise<number> {
  const sockets = Array.from({ length: connections }, () => connect(port, '127.0.0.1').setNoDelay());
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  let next = 0;
  // An endpoint is charged for waking whom it answers: here, only one that is slow enough for this process to sleep.
  let awake = setImmediate(function stayAwake() {
    awake = setImmediate(stayAwake);
  });
  try {
    const begin = performance.now();
    await Promise.all(
      sockets.map(async (socket) => {
        for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
          const status = await exchange(socket, request);
          if (status !== 200) throw new Error(`answered ${status}`);
        }
      }),
    );
    return (performance.now() - begin) / 1000;
  } finally {
    clearImmediate(awake);
    for (const socket of sockets) socket.destroy();
  }
}
