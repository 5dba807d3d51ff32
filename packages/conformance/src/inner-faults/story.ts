import type { ReceiverOptions, RunContext } from '@countersign/core';
import type { DeliverySpec } from './delivery.ts';
import type { Told } from './told.ts';
import type { World } from './world.ts';

/** One run of the handler of the victim. */
export interface Run {
  /** From 1, over all attempts. */
  readonly number: number;
  readonly context: RunContext<unknown> | undefined;
  /** Over when somebody has seen that the handler runs. */
  readonly seen: Promise<void>;
  /** What the handler is there for. */
  effect(): Promise<void>;
}

/** What becomes of a delivery, and of its event when the sender comes again. */
export interface Ending {
  readonly told: Told;
  /** Effects by the time the sender is told. */
  readonly effects: 0 | 1;
  /** Whether the handler runs again: as soon as the sender comes again, when the lease is over, or never. */
  readonly again: 'at once' | 'after the lease' | 'no';
}

/** What goes on when something fails. */
export interface Story {
  readonly title: string;
  /** How it ends when nothing fails. */
  readonly usual: Ending;
  /** What the sender is told in the end, when it comes again after that. */
  readonly final: Told;
  /** The same where nothing is remembered. Default: `final`. */
  readonly unremembered?: Told;
  /** Not of a receiver alone: a gate can play it too. */
  readonly isOfGate?: boolean;
  readonly spec?: Omit<DeliverySpec, 'id'>;
  readonly options?: Omit<ReceiverOptions, 'hooks'>;
  /** What happened before, on another connection. */
  before?(world: World, id: string): Promise<unknown>;
  /** What the handler of the victim does. Default: its effect. */
  work?(run: Run): unknown;
}
