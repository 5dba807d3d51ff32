import type { WebhookRequest } from '@countersign/core';
import { type Delivery, toRequest } from '@countersign/testing';
import { assertSame } from './assert-same.ts';
import type { Check } from './check.ts';
import { answerOf, endpoint, RECEIVED } from './endpoint.ts';
import { pieces } from './pieces.ts';

/** The delivery with a stream for a body. */
const streamed = ({ url, method, headers }: Delivery, body: ReadableStream<Uint8Array>): Request =>
  new Request(url, { method, headers: { ...headers }, body, duplex: 'half' } as RequestInit);

/** The same with headers that some runtimes let no Request have. */
const declared = (
  { url, method, headers }: Delivery,
  body: ReadableStream<Uint8Array>,
  more: Readonly<Record<string, string>>,
): WebhookRequest => ({
  method,
  url,
  headers: new Headers({ ...headers, ...more }),
  body: body as unknown as AsyncIterable<Uint8Array>,
});

const KIB = new Uint8Array(1024);

/** Bodies that are too much, too slow, packed, or gone. */
export const bodyChecks: readonly Check[] = [
  {
    name: 'a body that comes in pieces is handled whole',
    async run() {
      const { deliver, receiver, runs } = endpoint();
      const delivery = await deliver({ body: 'hello' });
      const { stream } = pieces((at) => (at < 5 ? delivery.body.slice(at, at + 1) : undefined));
      assertSame(await answerOf(await receiver.fetch(streamed(delivery, stream))), RECEIVED, 'the answer');
      assertSame(runs.length, 1, 'runs');
    },
  },
  {
    name: 'a declared length over the limit is refused with the body unread',
    async run() {
      const { deliver, receiver } = endpoint({ limit: 4096 });
      const { stream, pulled } = pieces(() => KIB);
      const request = declared(await deliver(), stream, { 'content-length': '4097' });
      const { status, body } = await receiver.handle(request);
      assertSame([status, body, pulled()], [413, '{"error":"body_too_large"}', 0], 'answer, and pieces read');
    },
  },
  {
    name: 'a stream over the limit is refused, and let go of though it never ends',
    async run() {
      const { deliver, receiver, runs } = endpoint({ limit: 4096 });
      const { stream, cancelled } = pieces(() => new Uint8Array(256 * 1024));
      const answer = await answerOf(await receiver.fetch(streamed(await deliver(), stream)));
      assertSame(answer, '413 {"error":"body_too_large"}', 'the answer');
      await cancelled;
      assertSame(runs.length, 0, 'runs');
    },
  },
  {
    name: 'a body at the limit is handled',
    async run() {
      const { deliver, send } = endpoint({ limit: 4096 });
      assertSame(await send(await deliver({ body: new Uint8Array(4096) })), RECEIVED, 'the answer');
    },
  },
  ...['br', 'gzip', 'GZIP', 'identity, gzip', 'x-unknown'].map((encoding) => ({
    name: `Content-Encoding ${encoding} is refused with the body unread`,
    async run() {
      const { deliver, receiver } = endpoint();
      const { stream, pulled } = pieces(() => KIB);
      const request = declared(await deliver(), stream, { 'content-encoding': encoding });
      const { status, body } = await receiver.handle(request);
      assertSame(
        [status, body, pulled()],
        [415, '{"error":"encoding_unsupported"}', 0],
        'answer, and pieces read',
      );
    },
  })),
  ...Object.entries({
    'was read': (request: Request) => request.text(),
    'is being read': (request: Request) => request.body?.getReader(),
  }).map(([what, read]) => ({
    name: `a body that ${what} is told to the operator, and never a 2xx`,
    async run() {
      const { deliver, receiver, runs, log } = endpoint();
      const request = toRequest(await deliver());
      await read(request);
      assertSame(
        await answerOf(await receiver.fetch(request)),
        '500 {"error":"misconfigured"}',
        'the answer',
      );
      if (!log.some((line) => line.includes('ERR_WEBHOOK_BODY_CONSUMED'))) throw new Error(`told: ${log}`);
      assertSame(runs.length, 0, 'runs');
    },
  })),
  {
    name: 'a body whose connection breaks is refused, and nothing is claimed',
    async run() {
      const { deliver, receiver, send, log } = endpoint();
      const delivery = await deliver();
      const { stream } = pieces((at) => {
        if (at > 0) throw new Error('reset');
        return delivery.body.slice(0, 2);
      });
      const answer = await answerOf(await receiver.fetch(streamed(delivery, stream)));
      assertSame(answer, '408 {"error":"body_timeout"}', 'the answer');
      if (!log.some((line) => line.includes('ERR_WEBHOOK_BODY_ABORTED'))) throw new Error(`told: ${log}`);
      assertSame(await send(delivery), RECEIVED, 'the answer to the same, whole');
    },
  },
  {
    name: 'a body that stalls is refused in time',
    async run() {
      const { deliver, receiver } = endpoint({ timeout: 100 });
      const { stream } = pieces(() => new Promise<never>(() => {}));
      const answer = await answerOf(await receiver.fetch(streamed(await deliver(), stream)));
      assertSame(answer, '408 {"error":"body_timeout"}', 'the answer');
    },
  },
];
