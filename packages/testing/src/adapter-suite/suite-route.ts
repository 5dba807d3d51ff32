import {
  createReceiver,
  type Handler,
  type OpenEvents,
  type Provider,
  type Receiver,
  type ReceiverOptions,
  type WebhookEvent,
} from '@countersign/core';
import type { RouteUnderTest } from './adapter-under-test.ts';
import { Journal } from './journal.ts';
import { Latch } from './latch.ts';
import { PATH, senders } from './senders.ts';
import { type WatchedStore, watchedStore } from './watched-store.ts';

/** An event that reached a handler, or a route behind `verifyWebhook`. */
export interface Run {
  readonly event: WebhookEvent;
  /** 0 in a route, which is not told. */
  readonly attempt: number;
}

/** What is special about a route. */
export interface RouteSetup {
  readonly provider?: Provider<OpenEvents>;
  /** Called when the event is noted. */
  readonly handler?: Handler<WebhookEvent>;
  /** Makes it a `verifyWebhook` endpoint, with this behind. */
  readonly answer?: RouteUnderTest['answer'];
  /** Every run waits until the latch is opened. */
  readonly held?: boolean;
  readonly store?: () => WatchedStore;
  readonly options?: Pick<ReceiverOptions, 'limit' | 'timeout' | 'name'>;
}

/** A route, with everything about it in view. */
export interface SuiteRoute {
  readonly route: RouteUnderTest;
  readonly runs: Journal<Run>;
  readonly log: Journal<string>;
  readonly store: WatchedStore;
  readonly latch: Latch;
}

/**
 * A route of the suite at {@link PATH}, with a receiver of its own.
 *
 * @param setup what is special about it
 * @example
 * ```ts
 * const { route, runs } = suiteRoute({ held: true });
 * ```
 */
export function suiteRoute(setup: RouteSetup): SuiteRoute {
  const { provider = senders.bytes(), handler, answer, held = false, options } = setup;
  const store = setup.store?.() ?? watchedStore();
  const runs = new Journal<Run>();
  const log = new Journal<string>();
  const latch = new Latch();
  if (!held) latch.open();
  const line = (text: string): void => log.add(text);
  const common = { ...options, store, logger: { warn: line, error: line } };

  const handle: Handler<WebhookEvent> = (event, context) => {
    runs.add({ event, attempt: context.attempt });
    return held ? latch.opened.then(() => handler?.(event, context)) : handler?.(event, context);
  };
  const answered: RouteUnderTest['answer'] =
    answer &&
    ((event) => {
      runs.add({ event, attempt: 0 });
      return held ? latch.opened.then(() => answer(event)) : answer(event);
    });
  const receiver = createReceiver(
    provider,
    answered ? common : { ...common, on: { '*': handle } },
  ) as Receiver;
  return { route: { path: PATH, receiver, answer: answered }, runs, log, store, latch };
}
