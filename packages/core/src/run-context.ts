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

/**
 * A context to hand out: all its properties are its own, so it may be spread; its signal is made when one looks at it.
 * Defined, because a literal with a getter takes longer to make than all that is in it.
 */
export function handOut<Tx, More extends object>(context: RunContext<Tx>, more: More): RunContext<Tx> & More {
  const { attempt, takeover, fence, tx, once } = context;
  return Object.defineProperty({ attempt, takeover, fence, tx, once, ...more }, 'signal', {
    get: () => context.signal,
    enumerable: true,
    configurable: true,
  }) as RunContext<Tx> & More;
}
