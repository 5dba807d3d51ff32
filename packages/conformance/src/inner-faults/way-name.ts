/** How a delivery comes in. */
export type WayName = 'receive' | 'handle' | 'fetch' | 'verify' | 'open' | 'gate';
