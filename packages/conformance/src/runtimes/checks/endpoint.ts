import { createReceiver, type HandlerContext, type Receiver, type ReceiverOptions } from '@countersign/core';
import { type Delivery, type SignableEvent, sign, toRequest } from '@countersign/testing';
import { acme } from './acme.ts';

/** A receiver, and what came of what was sent to it. */
export interface Endpoint {
  readonly receiver: Receiver;
  /** The bytes of each event that was handled, and what its handler was told. */
  readonly runs: { readonly body: Uint8Array; readonly context: HandlerContext }[];
  readonly log: string[];
  /** A genuine delivery, for `send` and for changing. */
  deliver(event?: SignableEvent): Promise<Delivery>;
  /** Status, dedup word and body of the answer, in one line. */
  send(delivery: Delivery): Promise<string>;
}

export async function answerOf(response: Response): Promise<string> {
  const told = response.headers.get('webhook-dedup');
  return [response.status, told, await response.text()].filter(Boolean).join(' ');
}

/** What the sender hears of an event that is handled now, and of one that was handled before. */
export const RECEIVED = '200 {"received":true}';
export const DUPLICATE = '200 duplicate {"received":true}';

export function endpoint(
  options: Partial<ReceiverOptions> = {},
  handler: (context: HandlerContext) => unknown = () => {},
): Endpoint {
  const runs: Endpoint['runs'] = [];
  const log: string[] = [];
  const line = (text: string): void => void log.push(text);
  const receiver = createReceiver(acme(), {
    logger: { warn: line, error: line },
    ...(options as object),
    on: {
      '*': ({ body }, context) => {
        runs.push({ body, context });
        return handler(context);
      },
    },
  }) as Receiver;
  return {
    receiver,
    runs,
    log,
    deliver: (event = {}) => sign(acme(), { body: 'hello', type: 'thing.happened', ...event }),
    send: async (delivery) => answerOf(await receiver.fetch(toRequest(delivery))),
  };
}
