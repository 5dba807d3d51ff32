import type { DedupStore, TransactionalStore } from '@countersign/core';
import type { Lane } from './lane.ts';

/** A store over its real server, with what others would write by hand beside it. */
export interface Subject {
  readonly name: string;
  /** For deliveries that are gone through a gate. */
  readonly store: DedupStore | TransactionalStore<unknown>;
  readonly ours: Lane;
  /** The shortest thing that does half of it: no token, no fence, no takeover. */
  readonly raw?: Lane;
  /** Finishes so many deliveries; resolves to the bytes that one of them takes. */
  footprint(count: number): Promise<number>;
  close(): Promise<void>;
}
