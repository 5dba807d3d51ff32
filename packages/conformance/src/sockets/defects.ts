import { createHash, pbkdf2Sync } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Receiver } from '@countersign/core';
import { fromNode, sendNode } from '@countersign/core/node';
import type { App, Framework } from './frameworks/framework.ts';

type Serve = (receiver: Receiver, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What a handler would say, and says later, if at all. */
const claimed = (request: IncomingMessage, body: Uint8Array): string =>
  JSON.stringify({
    id: request.headers['webhook-id'],
    digest: createHash('sha256').update(body).digest('hex'),
  });

/** Takes so many ms of the processor, however fast that is. */
function burn(ms: number): void {
  const begin = process.cpuUsage();
  const spent = (): number => process.cpuUsage(begin).user / 1000;
  while (spent() < ms) pbkdf2Sync('', '', 10_000, 32, 'sha256');
}

/** A wrong adapter over `node:http`, by what is wrong with it. Its route is right, and so is what is not a delivery. */
const defect = (name: string, serve: Serve): Framework => ({
  name,
  middleware: {},
  listener:
    ({ receiver, route }: App): RequestListener =>
    async (request, response) => {
      if (route === undefined) return serve(receiver, request, response);
      const { event, response: refusal, settle } = await receiver.open(fromNode(request));
      if (refusal) return sendNode(request, response, refusal);
      const body = await route(event).catch(() => undefined);
      await settle(body !== undefined);
      sendNode(request, response, { status: body === undefined ? 500 : 200, headers: {}, body: body ?? '' });
    },
});

const whole = async (request: IncomingMessage): Promise<Buffer> => Buffer.concat(await request.toArray());

const bodied = (request: IncomingMessage, body: Buffer) => ({ ...fromNode(request), body, bodyUsed: false });

let mixedUp: { status: number; headers: Record<string, string>; body: string } | undefined;
const kept: unknown[] = [];

/** Mistakes that adapters are made with, to see that each is caught. */
export const defects: readonly Framework[] = [
  defect('answers before the handler', async (receiver, request, response) => {
    const body = await whole(request);
    response.end(claimed(request, body));
    setTimeout(() => receiver.handle(bodied(request, body)), 50);
  }),
  defect('answers 200 whatever came of it', async (receiver, request, response) => {
    const body = await whole(request);
    await receiver.handle(bodied(request, body));
    response.end(claimed(request, body));
  }),
  defect('answers with what came of another', async (receiver, request, response) => {
    const answer = await receiver.handle(fromNode(request));
    const other = mixedUp ?? answer;
    mixedUp = answer.status === 200 ? answer : mixedUp;
    sendNode(request, response, other);
  }),
  defect('takes a body that was cut off for a whole one', async (receiver, request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => {});
    await new Promise((resolve) => request.once('close', resolve));
    sendNode(request, response, await receiver.handle(bodied(request, Buffer.concat(chunks))));
  }),
  defect('does not look after what it promises', async (receiver, request, response) => {
    const read = bodied(request, await whole(request));
    sendNode(request, response, await receiver.handle(read));
  }),
  defect('never hears that a sender has gone', async (receiver, request, response) => {
    const answer = await receiver.handle(fromNode(request));
    request.on('error', () => {});
    const look = setInterval(() => {
      if (response.writableFinished) clearInterval(look);
    }, 5);
    sendNode(request, response, answer);
  }),
  defect('leaves a listener', async (receiver, request, response) => {
    process.on('SIGUSR2', () => response.destroy());
    sendNode(request, response, await receiver.handle(fromNode(request)));
  }),
  defect('leaves a listener on the connection', async (receiver, request, response) => {
    request.socket.on('error', () => {});
    sendNode(request, response, await receiver.handle(fromNode(request)));
  }),
  defect('keeps every request', async (receiver, request, response) => {
    kept.push(request);
    sendNode(request, response, await receiver.handle(fromNode(request)));
  }),
  defect('reads all of a body before it looks at its size', async (receiver, request, response) => {
    const body = await whole(request).catch(() => Buffer.alloc(0));
    sendNode(request, response, await receiver.handle(bodied(request, body)));
  }),
  defect('writes a body after HEAD', async (receiver, request, response) => {
    const { status, headers, body } = await receiver.handle(fromNode(request));
    Object.assign(response, { _hasBody: true });
    sendNode(request, response, {
      status,
      headers: { ...headers, 'content-length': String(body.length) },
      body,
    });
  }),
  defect('stands still', async (receiver, request, response) => {
    burn(700);
    sendNode(request, response, await receiver.handle(fromNode(request)));
  }),
];
