import {
  createReceiver,
  type DedupStore,
  memoryStore,
  type Outcome,
  type Receiver,
  type WebhookEvent,
} from '@countersign/core';
import { HANDLED } from './names.ts';
import { NOW, type Subject } from './subjects.ts';

/** What an application saw of one delivery. */
export interface Seen {
  /** Keys of the handlers that ran. */
  readonly ran: string[];
  outcome: Outcome<WebhookEvent>['kind'] | undefined;
  code: string | undefined;
  event: WebhookEvent | undefined;
  /** The dedup key it was claimed under. */
  key: string | undefined;
}

/** Makes the receiver: the engine's own, or one with a mistake in it. */
export type Build = (provider: Subject['provider'], options: Readonly<Record<string, unknown>>) => Receiver;

export const build: Build = (provider, options) =>
  createReceiver(provider as never, options as never) as unknown as Receiver;

export interface Endpoint {
  readonly receiver: Receiver;
  /** Whether there is a handler for the rest. */
  readonly takesAll: boolean;
  /** What was seen since it was asked last. */
  seen(): Seen;
}

const nothingSeen = (): Seen => ({
  ran: [],
  outcome: undefined,
  code: undefined,
  event: undefined,
  key: undefined,
});

/** A receiver with handlers of every name, whose application writes down what it sees. */
export function buildEndpoint({ provider }: Subject, takesAll: boolean, make: Build): Endpoint {
  let seen = nothingSeen();
  const names = takesAll ? [...HANDLED, '*'] : HANDLED;
  const on = Object.create(null);
  for (const name of names) {
    on[name] = (event: WebhookEvent) => {
      seen.ran.push(name);
      seen.event = event;
    };
  }
  const memory = memoryStore();
  const store: DedupStore = {
    ...memory,
    claim(key, ...rest) {
      seen.key ??= key;
      return memory.claim(key, ...rest);
    },
  };
  const saw = (outcome: Seen['outcome'], event?: WebhookEvent, code?: string): void =>
    void Object.assign(seen, { outcome, event: event ?? seen.event, code });
  const hooks = {
    onAccepted: (event: WebhookEvent) => saw('accepted', event),
    onDuplicate: (event: WebhookEvent) => saw('duplicate', event),
    onInFlight: (event: WebhookEvent) => saw('in-flight', event),
    onHandshake: () => saw('handshake'),
    onRejected: ({ code }: { code: string }) => saw('rejected', undefined, code),
    onFailed: ({ code }: { code: string }, event?: WebhookEvent) => saw('failed', event, code),
  };
  const receiver = make(provider, { on, store, hooks, logger: false, now: () => NOW });
  return {
    receiver,
    takesAll,
    seen() {
      const last = seen;
      seen = nothingSeen();
      return last;
    },
  };
}
