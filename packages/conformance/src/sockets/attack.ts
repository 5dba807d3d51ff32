import type { Conversation } from './conversation.ts';
import type { Delivery, DeliveryOptions } from './delivery.ts';
import type { Mount } from './server-options.ts';
import type { ServerProcess } from './server-process.ts';

/** Where an attack takes place. */
export interface Scene {
  readonly server: ServerProcess;
  readonly mount: Mount;
  /** Bytes that a body may have. */
  readonly limit: number;
  open(): Promise<Conversation>;
  /** A delivery to the endpoint under attack. */
  deliveryOf(options?: DeliveryOptions): Delivery;
}

/** Something that a hostile, broken or unlucky sender does. */
export interface Attack {
  readonly name: string;
  /** What it may see, on each connection: the statuses in order, and then how the connection is left. */
  readonly expect: readonly string[];
  /** Default: `webhook` and `route`. */
  readonly mounts?: readonly Mount[];
  /** `slow`: waits for a bound in time. `alone`: is measured, or keeps a processor busy. */
  readonly kind?: 'slow' | 'alone';
  run(scene: Scene): Promise<void>;
}

/** One attack at one mount. */
export interface Assault {
  readonly attack: Attack;
  readonly mount: Mount;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
