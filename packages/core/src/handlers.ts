import { misconfigured } from './errors.ts';
import type { EventOf, WebhookEvent } from './event.ts';
import type { EventMap } from './provider.ts';
import type { RunContext } from './run-context.ts';

/** What the platform hands along with a request. */
export interface Platform {
  /** Bindings: `env` on Workers. */
  readonly env?: unknown;
  /** Keeps the process alive for work that may be lost. Used for hooks, never for handling. */
  waitUntil?(work: Promise<unknown>): void;
}

export interface HandlerContext<Tx = undefined> extends RunContext<Tx> {
  readonly platform: Platform;
}

/** Returns when the event is handled; throws to have it sent again. May return `reply(…)`. */
export type Handler<Event, Tx = undefined> = (event: Event, context: HandlerContext<Tx>) => unknown;

/** What `enqueue` is told beside its event. */
export interface EnqueueContext<Tx = undefined> extends HandlerContext<Tx> {
  /** Send it along with the job: the worker runs it by `gate.run(key, …)`, so that a job that was added twice runs once. */
  readonly key: string;
  /**
   * 128 bits of its digest in hex, where a queue wants an id of its own: BullMQ takes no `:`, pg-boss wants a UUID.
   * It saves work; the guarantee is the worker's gate, for queues forget their ids.
   */
  readonly jobId: string;
}

/** Resolves when the job is durable, and not before: a 2xx follows. Throws to have the event sent again. */
export type Enqueue<Event, Tx = undefined> = (event: Event, context: EnqueueContext<Tx>) => unknown;

/** Event type → handler. `'*'` takes what has none, types that a sender adds later included. */
export type Handlers<Events extends EventMap, Tx = undefined> = string extends keyof Events
  ? { readonly [type: string]: Handler<EventOf<Events>, Tx> }
  : { readonly [Type in keyof Events & string]?: Handler<WebhookEvent<Type, Events[Type]>, Tx> } & {
      readonly '*'?: Handler<EventOf<Events>, Tx>;
    };

export type HandlerTable = ReadonlyMap<string, Handler<WebhookEvent, unknown>>;

/** Own keys only, copied once: `toString` and `__proto__` are event types like any other. */
export function handlerTable(handlers: object): HandlerTable {
  const table = new Map<string, Handler<WebhookEvent, unknown>>();
  for (const [type, handler] of Object.entries(handlers)) {
    if (typeof handler !== 'function') {
      throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', `on["${type}"] is not a function`);
    }
    table.set(type, handler);
  }
  return table;
}
