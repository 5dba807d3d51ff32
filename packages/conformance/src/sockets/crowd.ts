import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A member of a crowd: a connection that is cheap to have ten thousand of. */
export interface Member {
  readonly socket: Socket;
  /** The status of its first answer, once it has come. */
  status: number | undefined;
  isClosed: boolean;
}

/** Connections made at a time. */
const ABREAST = 200;

async function join(port: number): Promise<Member> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  const member: Member = { socket, status: undefined, isClosed: false };
  socket.on('data', (chunk) => {
    const [, digits] = /^HTTP\/1\.1 ([2-5]\d\d)/.exec(chunk.toString('latin1')) ?? [];
    member.status ??= digits === undefined ? undefined : Number(digits);
  });
  socket.on('error', () => {});
  socket.once('close', () => {
    member.isClosed = true;
  });
  return member;
}

/** Opens so many connections to a server on 127.0.0.1. */
export async function gather(port: number, count: number): Promise<readonly Member[]> {
  const members: Member[] = [];
  while (members.length < count) {
    const size = Math.min(ABREAST, count - members.length);
    members.push(...(await Promise.all(Array.from({ length: size }, () => join(port)))));
  }
  return members;
}

/** Sends bytes as fast as they are taken; ends early when nobody takes them any more. */
export async function pour({ socket }: Member, bytes: Uint8Array): Promise<void> {
  if (!socket.writable) return;
  await new Promise<void>((resolve) => {
    socket.once('close', resolve);
    socket.write(bytes, () => {
      socket.off('close', resolve);
      resolve();
    });
  });
}
