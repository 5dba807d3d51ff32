import type { Receiver, WebhookEvent, WebhookRequest } from '@countersign/core';
import { type Build, build } from './build-endpoint.ts';

type Handler = (event: WebhookEvent) => unknown;

/** The same application, in whose one handler there is a mistake. */
const handling =
  (mistake: (event: WebhookEvent, on: Record<string, Handler>) => unknown): Build =>
  (provider, options) => {
    const on = options.on as Record<string, Handler>;
    return build(provider, { ...options, on: { '*': (event: WebhookEvent) => mistake(event, on) } });
  };

/** The same receiver, with another answer. */
const answering =
  (status: (told: number) => number): Build =>
  (provider, options) => {
    const receiver: Receiver = build(provider, options);
    return {
      ...receiver,
      async handle(request: WebhookRequest) {
        const told = await receiver.handle(request);
        return { ...told, status: status(told.status) };
      },
    };
  };

function merge(into: Record<string, unknown>, from: unknown): void {
  for (const [key, value] of Object.entries(from ?? {})) {
    if (typeof value !== 'object' || value === null) into[key] = value;
    else {
      into[key] ??= {};
      merge(into[key] as Record<string, unknown>, value);
    }
  }
}

/** Mistakes as they are made, each of which has to be found. */
export const plants: Readonly<Record<string, Build>> = {
  'handlers in an object with a prototype': handling((event, on) => {
    const table: Record<string, unknown> = { ...on };
    const handler = table[event.type] ?? on['*'];
    return typeof handler === 'function' ? handler(event) : undefined;
  }),
  'a payload merged into an object': handling((event, on) => {
    try {
      merge({}, event.payload);
    } catch {}
    return (Object.hasOwn(on, event.type) ? on[event.type] : on['*'])?.(event);
  }),
  'what is refused is acknowledged': answering((told) => (told === 400 ? 200 : told)),
  'what the sender did is our fault': answering((told) => (told === 400 ? 500 : told)),
  'ids that are cut short': (provider, options) =>
    build(provider, { ...options, dedupKey: ({ id }: WebhookEvent) => id?.slice(0, 100) }),
  'a promise that nobody waits for': handling((event, on) => {
    void Promise.reject(new Error('nobody waits'));
    return (Object.hasOwn(on, event.type) ? on[event.type] : on['*'])?.(event);
  }),
};
