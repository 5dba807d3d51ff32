/** Who guards a delivery. `deferred`: a lease, and a queue in place of handlers. `none`: nobody. */
export type Mode = 'lease' | 'transaction' | 'deferred' | 'none';
