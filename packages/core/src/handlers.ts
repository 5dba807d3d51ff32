import type { RunContext } from './claim.ts';
import { misconfigured } from './errors.ts';
import type { EventOf, WebhookEvent } from './event.ts';
import type { EventMap } from './provider.ts';

/** What the platform hands along with a request. */
export interface Platform {
  /** Bindings: `env` on Workers. */
  readonly env?: unknown;
  /** Keeps the process alive for work that may be lost. Used for hooks, never for handling. */
  waitUntil?(work: Promise<unknown>): void;
}

export interface HandlerContext extends RunContext {
  readonly platform: Platform;
}

/** Returns when the event is handled; throws to have it sent again. May return `reply(…)`. */
export type Handler<Event> = (event: Event, context: HandlerContext) => unknown;

/** Event type → handler. `'*'` takes what has none, types that a sender adds later included. */
export type Handlers<Events extends EventMap> = string extends keyof Events
  ? { readonly [type: string]: Handler<EventOf<Events>> }
  : { readonly [Type in keyof Events & string]?: Handler<WebhookEvent<Type, Events[Type]>> } & {
      readonly '*'?: Handler<EventOf<Events>>;
    };

export type HandlerTable = ReadonlyMap<string, Handler<WebhookEvent>>;

/** Own keys only, copied once: `toString` and `__proto__` are event types like any other. */
export function handlerTable(handlers: object): HandlerTable {
  const table = new Map<string, Handler<WebhookEvent>>();
  for (const [type, handler] of Object.entries(handlers)) {
    if (typeof handler !== 'function') {
      throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', `on["${type}"] is not a function`);
    }
    table.set(type, handler);
  }
  return table;
}
