import { createServer, IncomingMessage } from 'node:http';
import { type AddressInfo, connect, Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, expect, it, vi } from 'vitest';
import { readBody } from '../src/body.ts';
import { fromNode, type NodeRequest } from '../src/node.ts';

const RULES = { limit: 1000, timeout: 5000 };

afterEach(() => void vi.useRealTimers());

const read = async (request: NodeRequest): Promise<string> =>
  Buffer.from(await readBody(fromNode(request), RULES)).toString();

/** What comes of a request that arrives as these bytes, in one packet, and then in more. */
async function received<T>(
  bytes: string,
  look: (request: IncomingMessage) => Promise<T>,
  ...later: string[]
): Promise<T> {
  const server = createServer();
  const looked = new Promise<T>((resolve, reject) => {
    server.on('request', (request, response) => {
      look(request)
        .then(resolve, reject)
        .finally(() => response.end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(bytes);
  for (const piece of later) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.write(piece);
  }
  try {
    return await looked;
  } finally {
    socket.destroy();
    server.close();
  }
}

const WHOLE = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello';

it('a body that comes along with its headers is read without a listener, and its end is told', async () => {
  const seen = await received(WHOLE, async (request) => {
    const names = request.eventNames();
    const body = await read(request);
    return { body, isSame: request.eventNames().length === names.length, ended: request.readableEnded };
  });
  expect(seen).toEqual({ body: 'hello', isSame: true, ended: true });
});

it('and is read in a test that keeps the time', async () => {
  vi.useFakeTimers();
  expect(await received(WHOLE, read)).toBe('hello');
});

it('an empty one is read as empty', async () => {
  expect(await received(WHOLE.replace('5\r\n\r\nhello', '0\r\n\r\n'), read)).toBe('');
});

it.each(['before', 'behind'])('and by a listener %s the receiver too', async (place) => {
  const seen = await received(WHOLE, async (request) => {
    const heard: Buffer[] = [];
    const listen = () => void request.on('data', (piece) => heard.push(piece));
    if (place === 'before') listen();
    const reading = read(request);
    if (place === 'behind') listen();
    return [await reading, Buffer.concat(heard).toString()];
  });
  expect(seen).toEqual(['hello', 'hello']);
});

it('and is heard along with one that pulls it', async () => {
  const body = await received(WHOLE, async (request) => {
    request.on('readable', () => {
      while (request.read() !== null);
    });
    return read(request);
  });
  expect(body).toBe('hello');
});

it('a body that comes later is waited for', async () => {
  expect(await received(WHOLE.slice(0, -5), read, 'hel', 'lo')).toBe('hello');
});

it('one that is pushed later is waited for, whatever the request says of itself', async () => {
  const request = Object.assign(new IncomingMessage(new Socket()), {
    complete: true,
    headers: { 'content-length': '5' },
    _read() {},
  });
  for (const piece of ['hello', null]) setTimeout(() => request.push(piece), 5);
  expect(await read(request)).toBe('hello');
});

it('a stream of another kind is listened to at once, so that its error ends no process', async () => {
  const headers = { 'content-length': '5' };
  const stream = Object.assign(new PassThrough(), { method: 'POST', url: '/', headers });
  const reading = Promise.resolve(readBody(fromNode(stream as unknown as NodeRequest), RULES));
  stream.destroy(new Error('lost'));
  await expect(reading).rejects.toMatchObject({ code: 'ERR_WEBHOOK_BODY_ABORTED' });
});
