import { once } from 'node:events';
import { connect } from 'node:net';
import { EndpointProcess } from '../endpoints/endpoint-process.ts';
import { endpoints } from '../endpoints/endpoints.ts';
import { rounded } from '../rounded.ts';
import type { Table } from '../section.ts';

const UPLOADS = 200;
const BYTES = 10 * 1024 * 1024;
const MIB = 1024 * 1024;
const PIECE = Buffer.alloc(64 * 1024, 'x');

type Framing = 'declared' | 'chunked';

const head: Readonly<Record<Framing, string>> = {
  declared: `content-length: ${BYTES}`,
  chunked: 'transfer-encoding: chunked',
};

const pieceOf: Readonly<Record<Framing, Buffer>> = {
  declared: PIECE,
  chunked: Buffer.concat([Buffer.from(`${PIECE.length.toString(16)}\r\n`), PIECE, Buffer.from('\r\n')]),
};

/** Sends until it is done, or cut off; resolves to the status that it was told, if it was. */
async function upload(port: number, framing: Framing): Promise<number | undefined> {
  const socket = connect(port, '127.0.0.1');
  let told = '';
  socket.on('data', (chunk) => {
    told += chunk.toString('latin1');
  });
  // What is cut off ends in an error, and then is closed.
  socket.on('error', () => {});
  const isOver = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await Promise.race([once(socket, 'connect'), isOver]);
  socket.write(
    `POST /webhooks HTTP/1.1\r\nhost: localhost\r\nstripe-signature: t=1,v1=00\r\n${head[framing]}\r\n\r\n`,
  );
  for (let sent = 0; sent < BYTES && !socket.destroyed; sent += PIECE.length) {
    if (socket.write(pieceOf[framing])) continue;
    await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), isOver]);
  }
  if (framing === 'chunked') socket.write('0\r\n\r\n');
  socket.end();
  await isOver;
  return told === '' ? undefined : Number(told.slice(9, 12));
}

async function rowOf(index: number, framing: Framing): Promise<Table['rows'][number]> {
  const server = await EndpointProcess.start(index);
  try {
    const before = (await server.report()).peak;
    const statuses = await Promise.all(Array.from({ length: UPLOADS }, () => upload(server.port, framing)));
    const { peak } = await server.report();
    const refused = statuses.filter((status) => status === 413).length;
    const cut = statuses.filter((status) => status === undefined).length;
    return {
      framework: endpoints[index]?.framework,
      length: framing,
      'told 413': refused,
      'cut off': cut,
      'told otherwise': UPLOADS - refused - cut,
      'growth, MiB': rounded((peak - before) / MIB, 1),
    };
  } finally {
    await server.stop();
  }
}

/** The peak of a server's memory while many send ten times as much as they may, all at once. */
export async function refusedUploads(): Promise<Table> {
  const rows: Table['rows'][number][] = [];
  for (const [index, { by, sender }] of endpoints.entries()) {
    if (by !== 'countersign' || sender !== 'stripe') continue;
    for (const framing of ['declared', 'chunked'] as const) rows.push(await rowOf(index, framing));
  }
  return { title: `${UPLOADS} uploads of 10 MiB at once, against a limit of 1 MiB: peak RSS`, rows };
}
