import type { Gate, Hooks, Platform, Receiver, RunContext, WebhookEvent } from '@countersign/core';
import type { DeliverySpec } from './delivery.ts';
import type { Journal } from './journal.ts';

/** What a handler does for an event. */
export type Work = (id: string, context: RunContext<unknown> | undefined) => Promise<unknown>;

/** A receiver and a gate over one store, and what is to be seen of them. */
export interface World extends Pick<Journal, 'runs' | 'effects' | 'tookOver'> {
  readonly receiver: Receiver;
  readonly gate: Gate<unknown>;
  readonly hooks: Hooks<WebhookEvent>;
  readonly platform: Platform;
  readonly work: Work;
  /** Sends a delivery of which nothing is expected. */
  come(spec: DeliverySpec): Promise<unknown>;
  /** Resolves when a handler has begun for the first time. */
  readonly begun: Promise<void>;
  /** Lets a handler go on that waits to be seen. */
  see(): void;
  /** Every text that an operator has seen. */
  readonly texts: readonly string[];
}
