import { randomBytes } from 'node:crypto';
import type { DedupStore } from '@countersign/core';

/** One way to do the same work. `run` handles one delivery of its own. */
export interface Lane {
  readonly name: string;
  run(): Promise<unknown>;
}

export const LEASE = 30_000;
export const WEEK: number = 7 * 24 * 3_600_000;

export const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** As the core makes them, for a sender with ids as long as Stripe's. Made for every lane, whether it needs all or not. */
export const newDelivery = () => ({
  key: `v1|stripe|payments||evt_${hex(12)}`,
  token: hex(16),
  fingerprint: hex(16),
});

/** Claims a delivery and completes it, by the store itself. */
export const storeLane = (store: DedupStore): Lane => ({
  name: 'claim + complete',
  async run() {
    const { key, token, fingerprint } = newDelivery();
    await store.claim(key, { token, leaseMs: LEASE, retentionMs: WEEK, fingerprint });
    if (!(await store.complete(key, { token, retentionMs: WEEK }))) throw new Error('a claim was lost');
  },
});
