/** What a server tells of itself. */
export interface Vitals {
  /** Bytes, after a collection. */
  readonly heap: number;
  readonly rss: number;
  /** Sockets, timers and the like. */
  readonly handles: number;
  /** ms by which the event loop was late, in 99 of 100 looks since the last time. */
  readonly lag: number;
  /** ms since it began, and µs of processor time. */
  readonly at: number;
  readonly cpu: number;
  readonly unhandled: number;
}

export type News =
  | { readonly kind: 'listening'; readonly port: number }
  | ({ readonly kind: 'vitals' } & Vitals);
