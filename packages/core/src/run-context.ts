/** What a handler is told about its attempt. `Tx` is the handle of a transactional store; without one, `undefined`. */
export interface RunContext<Tx = undefined> {
  /** 1 for the first attempt that reached a handler here. */
  readonly attempt: number;
  /** True when an earlier attempt ended without a word: its process died, or it outlived its lease. */
  readonly takeover: boolean;
  /**
   * Grows with every claim of this delivery: write it beside your effect, and refuse a lower one. In a transaction it
   * is the attempt, and fences nothing: what an earlier attempt wrote was rolled back with it.
   */
  readonly fence: number;
  /**
   * Aborted when the claim is lost, or after `maxRun`: what runs on after that may run beside another attempt, and
   * what it writes through `tx` is in no transaction any more.
   */
  readonly signal: AbortSignal;
  /** The open transaction: what is written through it is committed with the record of this delivery, or not at all. */
  readonly tx: Tx;
  /**
   * Runs `work` once for this item of the delivery, over all attempts: for batches. In a transaction, an item that
   * throws may run again; what it wrote before is rolled back only if the handler throws too.
   */
  once(item: string, work: () => unknown): Promise<'ran' | 'skipped'>;
}

/** All its properties are its own, so that it may be spread; its signal is made when one looks at it. */
class HandedOut<Tx> implements RunContext<Tx> {
  /** One accessor for all: with a getter of its own, each context would be a class of its own to the engine. */
  static readonly #signal: PropertyDescriptor & ThisType<HandedOut<unknown>> = {
    get() {
      return this.#source.signal;
    },
    enumerable: true,
    configurable: true,
  };

  readonly attempt: number;
  readonly takeover: boolean;
  readonly fence: number;
  readonly tx: Tx;
  readonly once: RunContext['once'];
  declare readonly signal: AbortSignal;
  readonly #source: RunContext<Tx>;

  constructor(source: RunContext<Tx>) {
    this.#source = source;
    this.attempt = source.attempt;
    this.takeover = source.takeover;
    this.fence = source.fence;
    this.tx = source.tx;
    this.once = source.once;
    Object.defineProperty(this, 'signal', HandedOut.#signal);
  }
}

/** A context to hand out, with what else belongs to it. */
export const handOut = <Tx, More extends object>(
  context: RunContext<Tx>,
  more: More,
): RunContext<Tx> & More => Object.assign(new HandedOut(context), more);
