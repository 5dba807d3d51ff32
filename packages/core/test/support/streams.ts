import type { WebhookRequest } from '../../src/index.ts';

export type Chunks = readonly unknown[];

/** An iterable that tells what was done to it. `end` is what comes after the chunks. */
export function source(chunks: Chunks, end: 'end' | 'hang' | Error = 'end') {
  const seen = { opened: 0, read: 0, cancelled: 0 };
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    if (seen.read < chunks.length) return { done: false, value: chunks[seen.read++] as Uint8Array };
    if (end === 'hang') return new Promise(() => {});
    if (end !== 'end') throw end;
    return { done: true, value: undefined };
  };
  const iterator = async () => {
    seen.cancelled++;
    return { done: true as const, value: undefined };
  };
  const body: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]() {
      seen.opened++;
      return { next, return: iterator };
    },
  };
  return { body, seen };
}

/** The same as a web stream. */
export function webSource(chunks: Chunks, end: 'end' | 'hang' | Error = 'end') {
  const seen = { opened: 0, read: 0, cancelled: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (seen.read < chunks.length) return controller.enqueue(chunks[seen.read++] as Uint8Array);
        if (end === 'hang') return new Promise(() => {});
        if (end !== 'end') return controller.error(end);
        controller.close();
      },
      cancel() {
        seen.cancelled++;
      },
    },
    { highWaterMark: 0 },
  );
  return { body: body as WebhookRequest['body'] & ReadableStream<Uint8Array>, seen };
}

export const streams = [
  ['AsyncIterable', source],
  ['ReadableStream', webSource],
] as const;
