import { AsyncLocalStorage } from 'node:async_hooks';

interface Place {
  readonly scene: Scene;
  readonly isStruck: boolean;
}

const places = new AsyncLocalStorage<Place>();

interface Timer {
  at: number;
  readonly every: number | undefined;
  run(): void;
}

/** What `setTimeout` returns, as far as anybody asks it. */
class Handle {
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

/** Turns of the event loop in which nothing happens before it is said that there is nothing left to do. */
const TURNS = 3;

/** ms after which a scene is given up whose timers never end. */
const END = 60_000;

const loop = { turn: setImmediate };

const turn = (): Promise<void> => new Promise((resolve) => void loop.turn(resolve));

/** What came of work that nothing can bring to its end any more. */
export const STUCK: unique symbol = Symbol('stuck');

/**
 * Where one case plays. It has a time of its own, which stands still while there is something to do, and leaps to the
 * next timer when there is not: a deadline costs no time, and no machine is too slow for it.
 */
export class Scene {
  readonly #start = Date.now();
  readonly #timers = new Map<unknown, Timer>();
  #now = this.#start;

  /** Faults strike in here, and in whatever goes on from here in the background. */
  struck<T>(run: () => T): T {
    return places.run({ scene: this, isStruck: true }, run);
  }

  /** No fault strikes in here. */
  safe<T>(run: () => T): T {
    return places.run({ scene: this, isStruck: false }, run);
  }

  /** Whether this is the victim. */
  isStruck(): boolean {
    const place = places.getStore();
    return place?.scene === this && place.isStruck;
  }

  now(): number {
    return this.#now;
  }

  set(run: () => void, ms: number, every?: number): Handle {
    const handle = new Handle();
    const place = places.getStore() as Place;
    this.#timers.set(handle, { at: this.#now + ms, every, run: () => places.run(place, run) });
    return handle;
  }

  clear(handle: unknown): boolean {
    return this.#timers.delete(handle);
  }

  /** Waits for work, and leaps over the time in which it only waits. */
  async settle<T>(work: Promise<T>): Promise<T | typeof STUCK> {
    let isOver = false;
    const end = (): void => {
      isOver = true;
    };
    work.then(end, end);
    do {
      for (let turns = 0; turns < TURNS; turns++) {
        if (isOver) return work;
        await turn();
      }
    } while (this.#leap());
    return STUCK;
  }

  /** Lets everything in the background come to its end. Says how many timers are left after that. */
  async drain(): Promise<number> {
    await this.settle(new Promise<never>(() => {}));
    return this.#timers.size;
  }

  /** False: there is no next timer, or no end of them. */
  #leap(): boolean {
    const [next] = [...this.#timers].sort(([, a], [, b]) => a.at - b.at);
    if (next === undefined || next[1].at > this.#start + END) return false;
    const [handle, timer] = next;
    this.#now = Math.max(this.#now, timer.at);
    if (timer.every === undefined) this.#timers.delete(handle);
    else timer.at = this.#now + timer.every;
    timer.run();
    return true;
  }
}

type Callback = (...values: unknown[]) => unknown;

/** Gives each scene its own timers and clocks, and leaves everybody else theirs. Returns what ends that. */
export function directTime(): () => void {
  const real = { setTimeout, setInterval, clearTimeout, clearInterval };
  const clocks = { date: Date.now, performance: performance.now.bind(performance) };
  const scene = (): Scene | undefined => places.getStore()?.scene;

  const clearing = (clear: (timer: never) => void) => (timer: unknown) => {
    if (!scene()?.clear(timer)) clear(timer as never);
  };
  Object.assign(globalThis, {
    setTimeout: Object.assign(
      (run: Callback, ms = 0, ...values: unknown[]) =>
        scene()?.set(() => run(...values), ms) ?? real.setTimeout(run, ms, ...values),
      real.setTimeout,
    ),
    setInterval: (run: Callback, ms = 0, ...values: unknown[]) =>
      scene()?.set(() => run(...values), ms, ms) ?? real.setInterval(run, ms, ...values),
    clearTimeout: clearing(real.clearTimeout),
    clearInterval: clearing(real.clearInterval),
  });
  Date.now = () => scene()?.now() ?? clocks.date();
  performance.now = () => scene()?.now() ?? clocks.performance();
  return () => {
    Object.assign(globalThis, real);
    Date.now = clocks.date;
    performance.now = clocks.performance;
  };
}
