import { createGate, createReceiver, memoryStore } from '@countersign/core';
import { type Confidant, NOW } from './confidants.ts';
import { requestOf } from './request-of.ts';

/** What somebody has in hand, and may print by accident. */
export interface Possession {
  readonly name: string;
  readonly what: unknown;
  /** The delivery itself is in it, as the application wants it. */
  readonly isDelivery: boolean;
}

/** Everything that an application gets from this package for one genuine delivery. */
export async function possessionsOf({ provider, genuine }: Confidant): Promise<readonly Possession[]> {
  const own = provider();
  const request = requestOf(genuine);
  const contexts: unknown[] = [];
  const store = memoryStore();
  const options = { now: () => NOW, logger: false, store } as const;
  const keep = (...handed: unknown[]) => void contexts.push(handed);
  const handling = createReceiver(
    own as never,
    { ...options, name: 'handling', on: { '*': keep }, hooks: { onAccepted: keep } } as never,
  );
  const routing = createReceiver(own as never, { ...options, name: 'routing' } as never);
  const outcome = await handling.receive(request);
  const opened = await routing.open(request);
  const event = await routing.verify(request);
  await opened.settle?.(true);

  const possession = (name: string, what: unknown, isDelivery = false): Possession => ({
    name,
    what,
    isDelivery,
  });
  return [
    possession('the provider', own),
    possession('its rules', own.rules),
    possession('its handshakes', own.handshakes),
    possession('its keyring', own.keyring),
    possession('the keys of its keyring', await own.keyring.select(request, NOW)),
    possession('a receiver', handling),
    possession('a receiver for a route', routing),
    possession('the store', store),
    possession('a gate', createGate({ store })),
    possession('an outcome', outcome, true),
    possession('what is opened', opened, true),
    possession('an event', event, true),
    possession('what a handler and a hook are given', contexts, true),
  ];
}
