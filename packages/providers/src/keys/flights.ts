/** Whether what was got at `at` is within its time. A clock that was set back makes nothing fresh for longer. */
export const isFresh = (at: number, ttl: number, now: number): boolean => now >= at && now - at < ttl;

/** There, what one request has begun another must not wait for. */
const isWorkerd = (): boolean => globalThis.navigator?.userAgent === 'Cloudflare-Workers';

/** Loads under way: who asks for the same meanwhile waits for it. */
export class Flights<Value> {
  readonly #flights = new Map<string, Promise<Value>>();

  async join(name: string, start: () => Promise<Value>): Promise<Value> {
    const under = this.#flights.get(name);
    if (under !== undefined) return under;
    const flight = start();
    if (isWorkerd()) return flight;
    this.#flights.set(name, flight);
    try {
      return await flight;
    } finally {
      this.#flights.delete(name);
    }
  }
}
