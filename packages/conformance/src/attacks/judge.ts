import { createReceiver, isWebhookError, type Provider, type WebhookRequest } from '@countersign/core';
import { fromNode, type NodeRequest } from '@countersign/core/node';
import type { Delivery } from '@countersign/testing';
import { NOW } from '../privacy/confidants.ts';

export type Answer = 'accepted' | 'refused' | 'unreadable' | 'broken';

/** Headers that came more than once, as a framework leaves them on Node's request: each a list. */
export type HeaderLists = Readonly<Record<string, readonly string[]>>;

/** Who is attacked: takes a delivery, and says what became of it. With lists it comes as Node's own request. */
export type Judge = (delivery: Delivery, lists?: HeaderLists) => Promise<Answer>;

/** Where nothing but the payload was wrong: behind a good signature. */
const UNREADABLE = new Set(['ERR_WEBHOOK_PAYLOAD_INVALID', 'ERR_WEBHOOK_TYPE_MISSING']);

/** Headers as they are, so that what no runtime's own `Headers` takes comes through, too. */
const headersOf = (headers: Delivery['headers']): WebhookRequest['headers'] => ({
  get: (name) => {
    const lower = name.toLowerCase();
    return Object.hasOwn(headers, lower) ? (headers[lower] as string) : null;
  },
});

/** As much of an `IncomingMessage` as is read. Of a repeated credential Node itself keeps the first alone. */
function nodeRequestOf({ method, url, headers, body }: Delivery, lists: HeaderLists): WebhookRequest {
  const { authorization = [] } = lists;
  const first = authorization.length > 0 ? { authorization: authorization[0] } : {};
  const single = Object.entries(headers).map(([name, text]) => [name, [text]]);
  const request = {
    method,
    url,
    headers: { ...headers, ...lists, ...first },
    headersDistinct: { ...Object.fromEntries(single), ...lists },
    rawBody: Buffer.from(body),
  };
  return fromNode(request as unknown as NodeRequest);
}

export function judgeOf(provider: Provider): Judge {
  const receiver = createReceiver(provider as never, { store: false, logger: false, now: () => NOW });
  return async (delivery, lists) => {
    const request: WebhookRequest = lists
      ? nodeRequestOf(delivery, lists)
      : { ...delivery, headers: headersOf(delivery.headers) };
    try {
      await receiver.verify(request);
      return 'accepted';
    } catch (error) {
      if (!isWebhookError(error) || error.status >= 500) return 'broken';
      return UNREADABLE.has(error.code) ? 'unreadable' : 'refused';
    }
  };
}
