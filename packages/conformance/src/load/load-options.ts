export type StoreName = 'redis' | 'postgres';

/** Ways for a server to be wrong, of which the books must tell. */
export type Mistake =
  | 'remembers nothing'
  | 'drops one in ten'
  | 'handles one in ten twice'
  | 'verifies nothing';

export interface LoadOptions {
  readonly store: StoreName;
  readonly seconds: number;
  /** Requests a second; as many as 80 % of what the server can do, where it is not given. */
  readonly rate?: number;
  readonly seed: number;
  readonly mistake?: Mistake;
}

/** What a server is started with. */
export interface ServerOptions {
  readonly store: StoreName;
  readonly redis: string;
  readonly database: string;
  /** Of all keys in Redis. */
  readonly prefix: string;
  readonly mistake: Mistake | undefined;
}

/** Of all deliveries: sent again, changed on the way, cut off by their sender. */
export const SHARES = { duplicate: 0.2, tampered: 0.05, aborted: 0.05 } as const;

export const BYTES = 2048;
